// A sample dashboard: tiles, charts, lists.
import * as ui from '../../views/components/index.ts'
import { type Html, html } from '../../views/html.ts'
import { type Frame, layout } from '../../views/layout.ts'
import { products } from './sample-frame.ts'

const hours = [0, 4, 9, 14, 22, 31, 28, 19, 25, 33, 12]
const before = [1, 3, 11, 12, 18, 27, 30, 16, 21, 30, 26]

export const dashboardSample = (frame: Frame): Html => {
  const { reader } = frame
  const { t, format } = reader
  const compare = (fraction: number, tone: ui.Tone) => ({
    direction: fraction > 0 ? ('up' as const) : ('down' as const),
    text: t('common.compared-with', { change: format.percentChange(fraction), period: t('common.same-weekday') }),
    tone,
  })
  const low = products.filter(({ onHand, reorderPoint }) => onHand < reorderPoint)
  return layout(frame, {
    title: t('dashboard.title'),
    current: 'today',
    main: html`
${ui.pageHead({
  title: t('dashboard.title'),
  lead: format.dayLong('2026-11-24'),
  actions: ui.linkButton('/till', { label: t('dashboard.new-sale'), look: 'primary', icon: 'plus' }),
})}
${ui.tiles(
  ui.figureTile({
    label: t('dashboard.sales-today'),
    value: format.money(4_823_550),
    comparison: compare(0.124, 'good'),
  }),
  ui.figureTile({
    label: t('sales.title'),
    value: format.number(137),
    comparison: compare(-0.03, 'neutral'),
  }),
  ui.figureTile({ label: t('dashboard.margin'), value: format.percent(0.234), comparison: compare(0.01, 'neutral') }),
  ui.figureTile({
    label: t('dashboard.average-sale'),
    value: format.money(35_208),
    comparison: { direction: 'same', text: t('common.unchanged') },
  }),
)}
<div class="columns-wide">
  <div class="stack">
    ${ui.card({
      body: ui.barChart(reader, {
        title: t('dashboard.by-hour'),
        unit: format.currencySign,
        over: t('reports.column.hour'),
        points: hours.map((value, at) => ({
          label: `${at + 8}h`,
          value: value * 25_000,
          before: (before[at] ?? 0) * 25_000,
        })),
        value: format.money,
        axis: format.amountShort,
        names: { now: t('common.today'), before: t('common.same-weekday') },
      }),
    })}
    ${ui.card({
      body: ui.trendChart(reader, {
        title: t('dashboard.trend'),
        unit: format.currencySign,
        over: t('reports.column.day'),
        points: Array.from({ length: 30 }, (_, at) => ({
          label: format.dayShort(new Date(Date.UTC(2026, 9, 26 + at)).toISOString().slice(0, 10)),
          value: 3_000_000 + Math.round(1_400_000 * Math.sin(at / 1.1)) + at * 40_000,
        })),
        value: format.money,
        axis: format.amountShort,
      }),
    })}
  </div>
  <div class="stack">
    ${ui.card({
      title: t('dashboard.low-stock'),
      link: { href: '/stock', label: t('common.all') },
      body: ui.linkList(
        low.map((product) => ({
          href: `/products/${product.id}`,
          title: product.name,
          note: `${format.quantity(product.onHand, product.decimals)} / ${format.quantity(product.reorderPoint, product.decimals)} ${product.unit}`,
          end:
            product.onHand === 0
              ? ui.status('danger', t('stock.level.out'))
              : ui.status('warning', t('stock.level.low')),
        })),
      ),
    })}
    ${ui.card({
      title: t('dashboard.latest-sales'),
      body: ui.linkList(
        [185_000, 48_500, 12_400, 96_000].map((total, at) => ({
          href: '/sales/1',
          title: `VD MPT1-2026/${412 - at}`,
          note: `${format.time(`2026-11-24T14:0${7 - at}:00Z`)} · Amélia Cossa`,
          end: html`<span class="amount">${format.money(total)}</span>`,
        })),
      ),
    })}
    ${ui.card({ title: t('dashboard.tasks'), body: ui.emptyState(t('tasks.empty'), t('dashboard.tasks-none')) })}
  </div>
</div>`,
  })
}
