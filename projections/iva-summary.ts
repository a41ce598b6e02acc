// The tax of each month by rate: what the company declares. Credit notes are taken off in the month in which they are issued, cancelled
// documents in their own. sales-figures.ts says how.
import { projection } from './projection.ts'
import { linesOf, onEverySalesFact, type SalesFact } from './sales-figures.ts'

export interface IvaMonth {
  /** YYYY-MM */
  readonly month: string
  /** In basis points. */
  readonly taxRate: number
  /** Without tax. */
  readonly net: number
  readonly tax: number
  readonly gross: number
  /** Sales with something at this rate, cancelled ones included, since their documents exist. */
  readonly documents: number
  readonly creditNotes: number
  readonly cancelled: number
}

const monthOf = ({ data }: SalesFact) => data.day.slice(0, 7)
const idOf = (fact: SalesFact, taxRate: number) => `${monthOf(fact)}/${taxRate}`

export const ivaSummary = projection<IvaMonth>('iva-summary', {
  version: 1,
  indexes: [['month', 'taxRate']],
  on: onEverySalesFact<IvaMonth>({
    key: (fact) => [...new Set(fact.data.lines.map(({ taxRate }) => idOf(fact, taxRate)))],
    initial: (fact, id) => ({
      month: monthOf(fact),
      taxRate: Number(id.slice(8)),
      net: 0,
      tax: 0,
      gross: 0,
      documents: 0,
      creditNotes: 0,
      cancelled: 0,
    }),
    apply: (month, fact) => {
      let { tax, gross } = month
      for (const line of linesOf(fact))
        if (line.taxRate === month.taxRate) {
          tax += line.tax
          gross += line.revenue
        }
      return {
        ...month,
        net: gross - tax,
        tax,
        gross,
        documents: month.documents + (fact.type === 'SaleRegistered' ? 1 : 0),
        creditNotes: month.creditNotes + (fact.type === 'SaleRefunded' ? 1 : 0),
        cancelled: month.cancelled + (fact.type === 'SaleVoided' ? 1 : 0),
      }
    },
  }),
})
