// How is today: sales against the same weekday, by hour, margin, what runs low, what waits for me.
import type { Location } from '../../projections/locations.ts'
import type { Product } from '../../projections/products.ts'
import type { Sale } from '../../projections/sales.ts'
import type { StockLevel } from '../../projections/stock-levels.ts'
import type { Task } from '../../projections/tasks.ts'
import {
  barChart,
  type Comparison,
  card,
  emptyState,
  figureTile,
  linkButton,
  linkList,
  pageHead,
  status,
  tabs,
  tiles,
  trendChart,
} from '../components/index.ts'
import { type Content, type Html, html } from '../html.ts'
import type { Reader } from '../reader.ts'
import { taskTitle } from './tasks.ts'

export interface DaySummary {
  readonly day: string
  readonly revenue: number
  readonly tax: number
  readonly cost: number
  readonly sales: number
  readonly byHour: readonly number[]
}

export interface DashboardFigures {
  readonly today: DaySummary
  /** The same weekday a week ago. */
  readonly before: DaySummary
  /** The local hour now. */
  readonly hour: number
  readonly trend: readonly DaySummary[]
  readonly latest: readonly Sale[]
  readonly low: readonly { readonly level: StockLevel; readonly product: Product }[]
  readonly lowCount: number
  readonly tasks: readonly Task[]
}

export interface DashboardPage {
  readonly figures: DashboardFigures
  readonly locations: readonly Location[]
  /** Undefined: all locations. */
  readonly locationId: string | undefined
  readonly maySell: boolean
  readonly maySeeMargin: boolean
}

export const dashboardContent = (reader: Reader, page: DashboardPage): Html => {
  const { t, format } = reader
  const { figures, locations, locationId } = page
  return html`${pageHead({
    title: t('dashboard.title'),
    lead: format.dayLong(figures.today.day),
    actions: page.maySell && linkButton('/till', { label: t('dashboard.new-sale'), look: 'primary', icon: 'till' }),
  })}
${
  locations.length > 1 &&
  tabs(t('dashboard.locations'), [
    { href: '/', label: t('dashboard.all-locations'), current: locationId === undefined },
    ...locations.map((place) => ({
      href: `/?location=${place.locationId}`,
      label: place.name,
      current: place.locationId === locationId,
    })),
  ])
}
<div class="stack">
  ${figureTiles(reader, page)}
  <div class="columns-wide">
    ${card({ body: hours(reader, figures) })}
    ${card({
      title: t('dashboard.latest-sales'),
      link: { href: '/sales', label: t('common.see-all') },
      body: latestSales(reader, figures.latest),
    })}
  </div>
  <div class="columns-wide">
    ${card({ body: trend(reader, figures.trend) })}
    <div class="stack">
      ${card({
        title: t('dashboard.low-stock'),
        link: { href: '/stock?low=true', label: t('dashboard.low-stock-count', { count: figures.lowCount }) },
        body: lowStock(reader, figures.low),
      })}
      ${card({
        title: t('dashboard.tasks'),
        link: { href: '/tasks', label: t('common.see-all') },
        body: openTasks(reader, figures.tasks, figures.today.day),
      })}
    </div>
  </div>
</div>`
}

const margin = ({ revenue, tax, cost }: DaySummary): number => revenue - tax - cost

/** How a figure stands against the same one a week ago, in words. */
const against = ({ t, format }: Reader, now: number, before: number): Comparison => {
  if (before === 0) return { direction: 'same', text: t('dashboard.nothing-to-compare') }
  const change = (now - before) / before
  const direction = change > 0.005 ? 'up' : change < -0.005 ? 'down' : 'same'
  return { direction, text: t('dashboard.against-last-week', { change: format.percentChange(change) }) }
}

/** Until the same hour, since the day is not over. */
const untilNow = (day: DaySummary, hour: number): number =>
  day.byHour.slice(0, hour + 1).reduce((sum, revenue) => sum + revenue, 0)

const figureTiles = (reader: Reader, { figures, maySeeMargin }: DashboardPage): Html => {
  const { t, format } = reader
  const { today, before, hour } = figures
  const average = today.sales === 0 ? 0 : Math.round(today.revenue / today.sales)
  return tiles(
    figureTile({
      id: 'sales-today',
      label: t('dashboard.sales-today'),
      value: format.money(today.revenue),
      comparison: against(reader, today.revenue, untilNow(before, hour)),
      note: t('dashboard.sales-count', { count: today.sales }),
    }),
    maySeeMargin &&
      figureTile({
        label: t('dashboard.margin'),
        value: format.money(margin(today)),
        note: today.revenue > 0 && format.percent(margin(today) / (today.revenue - today.tax || 1)),
      }),
    figureTile({ label: t('dashboard.average-sale'), value: format.money(average) }),
    figureTile({
      label: t('dashboard.low-stock'),
      value: format.number(figures.lowCount),
      href: '/stock?low=true',
      note: t('dashboard.low-stock-note'),
    }),
  )
}

const hours = (reader: Reader, { today, before, hour }: DashboardFigures): Html => {
  const { t, format } = reader
  const active = [...today.byHour.keys()].filter(
    (at) => (today.byHour[at] ?? 0) !== 0 || (before.byHour[at] ?? 0) !== 0 || at === hour,
  )
  const first = Math.min(8, ...active)
  const last = Math.max(18, ...active)
  const points = Array.from({ length: last - first + 1 }, (_, at) => ({
    label: `${first + at} h`,
    value: today.byHour[first + at] ?? 0,
    before: before.byHour[first + at] ?? 0,
  }))
  return barChart(reader, {
    title: t('dashboard.by-hour'),
    unit: format.currencySign,
    over: t('dashboard.hour'),
    points,
    value: format.money,
    axis: format.amountShort,
    names: { now: t('dashboard.today'), before: t('dashboard.a-week-ago') },
  })
}

const trend = (reader: Reader, days: readonly DaySummary[]): Html => {
  const { t, format } = reader
  return trendChart(reader, {
    title: t('dashboard.trend'),
    unit: format.currencySign,
    over: t('dashboard.day'),
    points: days.map(({ day, revenue }) => ({ label: format.dayShort(day), value: revenue })),
    value: format.money,
    axis: format.amountShort,
  })
}

const orEmpty = (rows: readonly unknown[], list: Content, title: string): Content =>
  rows.length > 0 ? list : emptyState(title)

const latestSales = (reader: Reader, latest: readonly Sale[]): Content => {
  const { t, format } = reader
  const rows = latest.map((sale) => ({
    href: `/sales/${sale.saleId}`,
    title: sale.document,
    note: `${format.time(sale.at)} · ${t('till.lines', { count: sale.lines.length })}`,
    end: html`<span class="amount">${format.money(sale.total)}</span>`,
  }))
  return orEmpty(latest, linkList(rows), t('dashboard.latest-sales-none'))
}

const lowStock = ({ t, format }: Reader, low: DashboardFigures['low']): Content => {
  const rows = low.map(({ level, product }) => ({
    href: `/products/${product.productId}`,
    title: product.name,
    note: product.sku,
    end: status(
      level.onHand === 0 ? 'danger' : 'warning',
      t('till.in-stock', { onHand: format.quantity(level.onHand, product.decimals) }),
    ),
  }))
  return orEmpty(low, linkList(rows), t('dashboard.low-stock-none'))
}

const openTasks = (reader: Reader, open: readonly Task[], today: string): Content => {
  const { t, format } = reader
  const rows = open.map((task) => ({
    href: `/tasks/${task.taskId}`,
    title: taskTitle(reader, task),
    end:
      task.dueOn !== null &&
      (task.dueOn < today
        ? status('danger', t('dashboard.overdue'))
        : html`<small>${format.dayShort(task.dueOn)}</small>`),
  }))
  return orEmpty(open, linkList(rows), t('dashboard.tasks-none'))
}
