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
  live,
  pageHead,
  status,
  tabs,
  tiles,
  trendChart,
} from '../components/index.ts'
import { attributes, type Content, type Html, html } from '../html.ts'
import type { Reader } from '../reader.ts'
import { taskTitle } from './tasks.ts'

/** What its figures and lists change with. */
const shownEvents = ['new-sale', 'sale-changed', 'low-stock-alert', 'stock-changed', 'task-changed'] as const

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
<div${attributes({
    class: 'stack',
    ...live({ id: 'now', href: locationId ? `/?location=${locationId}` : '/', hears: shownEvents }),
  })}>
  ${figureTiles(reader, page)}
  <div class="columns-wide">
    <div class="stack">
      ${card({ body: hours(reader, figures) })}
      ${card({ body: trend(reader, figures.trend) })}
    </div>
    <div class="stack">
      ${card({
        title: t('dashboard.tasks'),
        link: { href: '/tasks', label: t('common.see-all') },
        body: openTasks(reader, figures.tasks, figures.today.day),
      })}
      ${card({
        title: t('dashboard.low-stock'),
        link: { href: '/stock?low=true', label: t('dashboard.low-stock-count', { count: figures.lowCount }) },
        body: lowStock(reader, page),
      })}
      ${card({
        title: t('dashboard.latest-sales'),
        link: { href: '/sales', label: t('common.see-all') },
        body: latestSales(reader, figures.latest),
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
        id: 'margin-today',
        label: t('dashboard.margin'),
        value: format.money(margin(today)),
        note: shareNote(reader, today, before),
      }),
    figureTile({
      id: 'average-sale',
      label: t('dashboard.average-sale'),
      value: format.money(average(today)),
      note: before.sales > 0 && t('dashboard.week-ago', { value: format.money(average(before)) }),
    }),
    figureTile({
      id: 'low-count',
      label: t('dashboard.low-stock'),
      value: format.number(figures.lowCount),
      href: '/stock?low=true',
      note: t('dashboard.low-stock-note'),
    }),
  )
}

const average = ({ revenue, sales }: DaySummary): number => (sales <= 0 ? 0 : Math.round(revenue / sales))

/** How much of what is sold, without tax, remains; and how much it was. */
const shareNote = ({ t, format }: Reader, today: DaySummary, before: DaySummary): Content => {
  const share = (day: DaySummary) => format.percent(margin(day) / (day.revenue - day.tax))
  if (today.revenue <= 0) return false
  return before.revenue > 0 ? `${share(today)} · ${t('dashboard.week-ago', { value: share(before) })}` : share(today)
}

const hours = (reader: Reader, { today, before }: DashboardFigures): Html => {
  const { t, format } = reader
  const active = [...today.byHour.keys()].filter(
    (at) => (today.byHour[at] ?? 0) !== 0 || (before.byHour[at] ?? 0) !== 0,
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
    id: `sale-${sale.saleId}`,
    href: `/sales/${sale.saleId}`,
    title: sale.document,
    note: `${format.time(sale.at)} · ${t('till.lines', { count: sale.lines.length })}`,
    end: html`<span class="amount">${format.money(sale.total)}</span>`,
  }))
  return orEmpty(latest, linkList(rows), t('dashboard.latest-sales-none'))
}

const lowStock = ({ t, format }: Reader, { figures: { low }, locations }: DashboardPage): Content => {
  const nameOf = (id: string) => locations.find(({ locationId }) => locationId === id)?.name
  const rows = low.map(({ level, product }) => ({
    id: `low-${level.productId}-${level.locationId}`,
    href: `/products/${product.productId}`,
    title: product.name,
    note: nameOf(level.locationId) ?? product.sku,
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
    id: `task-${task.taskId}`,
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
