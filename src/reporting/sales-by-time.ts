// Sales by day and by hour of the day.
import type { DayOfSales } from '../../projections/sales-by-day.ts'
import { daysIn } from './period.ts'
import { column, columns, type Report, type Scope, shareOf } from './report.ts'
import { averageOf, moneyCells, salesTiles, sums } from './sales-sums.ts'

/** Each day of the period; days without sales are there with zeros, since that is what they brought. */
export function reportByDay(scope: Scope, days: readonly DayOfSales[], before: readonly DayOfSales[]): Report {
  const known = new Map(days.map((day) => [day.day, day]))
  const earlier = new Map(before.map((day) => [day.day, day.revenue]))
  const daysBefore = daysIn(scope.period.before)
  const shown = daysIn(scope.period)
  const total = sums(days)
  return {
    id: 'sales-by-day',
    ...scope,
    figures: salesTiles(total, sums(before)),
    chart: {
      form: shown.length > 14 ? 'trend' : 'bars',
      over: column('day'),
      measure: column('revenue'),
      points: shown.map((day, at) => {
        const compared = daysBefore[at]
        return {
          label: day,
          value: known.get(day)?.revenue ?? 0,
          ...(compared !== undefined && { before: earlier.get(compared) ?? 0 }),
        }
      }),
    },
    columns: columns('day', 'sales', 'refunds', 'revenue', 'tax', 'net', 'margin', 'margin-share'),
    rows: shown.map((day) => {
      const figures = known.get(day)
      const { sales, refunds, ...money } = sums(figures ? [figures] : [])
      return { id: day, cells: { day, sales, refunds, ...moneyCells(money) } }
    }),
    totals: { sales: total.sales, refunds: total.refunds, ...moneyCells(total) },
  }
}

const hours = Array.from({ length: 24 }, (_, hour) => hour)

/** Each hour of the day from the first to the last in which something was sold. */
export function reportByHour(scope: Scope, days: readonly DayOfSales[], before: readonly DayOfSales[]): Report {
  const now = byHour(days)
  const then = byHour(before)
  const total = sums(days)
  const active = hours.filter((hour) => busy(now, hour) || busy(then, hour))
  const shown = hours.slice(Math.min(8, ...active), Math.max(18, ...active) + 1)
  return {
    id: 'sales-by-hour',
    ...scope,
    figures: salesTiles(total, sums(before)),
    chart: {
      form: 'bars',
      over: column('hour'),
      measure: column('revenue'),
      points: shown.map((hour) => ({
        label: hour,
        value: now.revenue[hour] ?? 0,
        before: then.revenue[hour] ?? 0,
      })),
    },
    columns: columns('hour', 'sales', 'revenue', 'average', 'share'),
    rows: shown.map((hour) => {
      const sales = now.sales[hour] ?? 0
      const revenue = now.revenue[hour] ?? 0
      const average = averageOf(revenue, sales)
      return { id: String(hour), cells: { hour, sales, revenue, average, share: shareOf(revenue, total.revenue) } }
    }),
    totals: {
      sales: total.sales,
      revenue: total.revenue,
      average: averageOf(total.revenue, total.sales),
      share: shareOf(total.revenue, total.revenue),
    },
  }
}

interface ByHour {
  readonly revenue: readonly number[]
  readonly sales: readonly number[]
}

const busy = ({ revenue, sales }: ByHour, hour: number): boolean => revenue[hour] !== 0 || sales[hour] !== 0

const byHour = (days: readonly DayOfSales[]): ByHour => ({
  revenue: hours.map((hour) => days.reduce((sum, day) => sum + (day.revenueByHour[hour] ?? 0), 0)),
  sales: hours.map((hour) => days.reduce((sum, day) => sum + (day.salesByHour[hour] ?? 0), 0)),
})
