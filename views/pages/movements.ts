// Movements of stock as a person reads them: what happened, to which product, where, by whom.
import type { StockMovement } from '../../projections/stock-movements.ts'
import type { Column } from '../components/index.ts'
import { type Content, type Html, html } from '../html.ts'
import type { PlainKey } from '../locales/index.ts'
import type { Reader } from '../reader.ts'

export interface MovementLine {
  readonly movement: StockMovement
  readonly product: { readonly sku: string; readonly name: string; readonly decimals: number; readonly unit: string }
  readonly location: string
  /** The other end of a transfer. */
  readonly other: string
  readonly who: string
}

/** The kinds that a list can be filtered by. */
export const movementKinds = [
  'received',
  'sold',
  'returned',
  'adjusted',
  'transferred-out',
  'transferred-in',
  'counted',
  'counted-at-till',
] as const

export const kindLabel: Readonly<Record<(typeof movementKinds)[number], PlainKey>> = {
  received: 'stock.movement.received',
  sold: 'stock.movement.sold',
  returned: 'stock.movement.returned',
  adjusted: 'stock.movement.adjusted',
  'transferred-out': 'stock.kind.transferred-out',
  'transferred-in': 'stock.kind.transferred-in',
  counted: 'stock.movement.counted',
  'counted-at-till': 'stock.movement.counted-at-till',
}

/** Why it was adjusted, in the words of the reasons; what was typed at the till as it is. */
export const reasonOf = ({ t }: Reader, { kind, reason }: StockMovement): string => {
  if (reason === null) return ''
  return kind === 'adjusted' ? t(`stock.reason.${reason}` as PlainKey) : reason
}

const story = (reader: Reader, { movement, other }: MovementLine): Html => {
  const { t } = reader
  const { kind, saleId, note } = movement
  const title =
    kind === 'transferred-out' || kind === 'transferred-in'
      ? t(`stock.movement.${kind}`, { location: other })
      : t(kindLabel[kind])
  const why = [reasonOf(reader, movement), note].filter(Boolean).join(' · ')
  return html`${saleId ? html`<a href="/sales/${saleId}">${title}</a>` : title}${why && html`<small class="soft"> ${why}</small>`}`
}

/** The columns of a list of movements; `shown` leaves out what the page is about. */
export const movementColumns = (
  reader: Reader,
  shown: { readonly product: boolean; readonly location: boolean; readonly person: boolean },
): readonly Column<MovementLine>[] => {
  const { t, format } = reader
  const when = (at: string): Content => html`<time datetime="${at}">${format.dateTime(at)}</time>`
  return [
    ...(shown.product
      ? [
          {
            label: t('common.product'),
            primary: true,
            cell: ({ movement, product }: MovementLine) =>
              html`<a href="/products/${movement.productId}">${product.name}</a>`,
          },
        ]
      : []),
    { label: t('stock.what'), primary: !shown.product, cell: (line) => story(reader, line) },
    { label: t('common.date'), cell: ({ movement }) => when(movement.at) },
    ...(shown.location ? [{ label: t('common.location'), cell: ({ location }: MovementLine) => location }] : []),
    {
      label: t('common.quantity'),
      numeric: true,
      cell: ({ movement, product }) => `${format.change(movement.change, product.decimals)} ${product.unit}`,
    },
    {
      label: t('stock.balance'),
      numeric: true,
      cell: ({ movement, product }) => format.quantity(movement.onHand, product.decimals),
    },
    ...(shown.person ? [{ label: t('common.person'), cell: ({ who }: MovementLine) => who }] : []),
  ]
}
