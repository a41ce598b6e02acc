// What is declared and shown to the tax authority: the IVA of each month by rate, and every document.
import { type DocumentBuyer, nuitOn } from '../../projections/document-buyers.ts'
import type { FiscalDocument } from '../../projections/fiscal-documents.ts'
import type { IvaMonth } from '../../projections/iva-summary.ts'
import { monthsIn } from './period.ts'
import { column, columns, type Report, type Scope, sumOf } from './report.ts'

/**
 * Whole months only, since that is how IVA is declared; `year`: the months that the chart shows, the period's included. A month that is not
 * over is not compared with a whole one.
 */
export function reportOfIva(scope: Scope, year: readonly IvaMonth[], isOver: boolean): Report {
  const months = monthsIn(scope.period)
  const monthsBefore = monthsIn(scope.period.before)
  const own = year.filter(({ month }) => months.includes(month))
  const before = year.filter(({ month }) => monthsBefore.includes(month))
  const total = taxSums(own)
  const earlier = taxSums(before)
  return {
    id: 'iva',
    ...scope,
    figures: (['tax', 'net', 'gross', 'credit-notes'] as const).map((name) => ({
      ...column(name),
      value: total[name],
      ...(isOver && { before: earlier[name] }),
    })),
    chart: {
      form: 'bars',
      over: column('month'),
      measure: column('tax'),
      points: [...Map.groupBy(year, ({ month }) => month)]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([month, rates]) => ({ label: month, value: sumOf(rates, ({ tax }) => tax) })),
    },
    columns: columns('month', 'tax-rate', 'net', 'tax', 'gross', 'documents', 'credit-notes', 'cancelled'),
    rows: own
      .toSorted((a, b) => (a.month < b.month ? -1 : a.month > b.month ? 1 : b.taxRate - a.taxRate))
      .map(({ month, taxRate, net, tax, gross, documents, creditNotes, cancelled }) => ({
        id: `${month}/${taxRate}`,
        cells: {
          month,
          'tax-rate': taxRate,
          net,
          tax,
          gross,
          documents,
          'credit-notes': creditNotes,
          cancelled,
        },
      })),
    // A document with two rates stands in both lines, so the counts have no sum.
    totals: { net: total.net, tax: total.tax, gross: total.gross },
  }
}

const taxSums = (months: readonly IvaMonth[]) => ({
  net: sumOf(months, ({ net }) => net),
  tax: sumOf(months, ({ tax }) => tax),
  gross: sumOf(months, ({ gross }) => gross),
  'credit-notes': sumOf(months, ({ creditNotes }) => creditNotes),
})

/** What a document adds to what was invoiced: nothing when cancelled or a mere receipt, less when it is a credit note. */
const invoiced = ({ type, status, total, tax }: FiscalDocument) => {
  const sign = status === 'cancelled' || type === 'RC' ? 0 : type === 'NC' ? -1 : 1
  return { total: sign * total, tax: sign * tax }
}

/** Every document of the period, cancelled ones included, series by series in the order of their numbers. */
export function reportOfDocuments(
  scope: Scope,
  { now, before }: { readonly now: readonly FiscalDocument[]; readonly before: readonly FiscalDocument[] },
  buyers: ReadonlyMap<string, DocumentBuyer>,
): Report {
  const cancelled = (documents: readonly FiscalDocument[]) =>
    documents.filter(({ status }) => status === 'cancelled').length
  const total = sumOf(now, (document) => invoiced(document).total)
  const tax = sumOf(now, (document) => invoiced(document).tax)
  const bySeries = Map.groupBy(now, ({ series }) => series)
  const series = [...bySeries].sort(([a], [b]) => (a < b ? -1 : 1))
  return {
    id: 'documents',
    ...scope,
    figures: [
      { ...column('total'), value: total, before: sumOf(before, (document) => invoiced(document).total) },
      { ...column('tax'), value: tax, before: sumOf(before, (document) => invoiced(document).tax) },
      { ...column('documents'), value: now.length, before: before.length },
      { ...column('cancelled'), value: cancelled(now), before: cancelled(before) },
    ],
    chart: {
      form: 'ranking',
      over: column('series'),
      measure: column('documents'),
      points: series
        .map(([label, documents]) => ({ label, value: documents.length }))
        .sort((a, b) => b.value - a.value),
    },
    columns: columns('document', 'day', 'total', 'tax', 'status', 'refers-to', 'nuit'),
    rows: series.flatMap(([, documents]) =>
      documents
        .toSorted((a, b) => a.number - b.number)
        .map((document) => ({
          id: document.document,
          about: { kind: 'sale', id: document.saleId } as const,
          cells: {
            document: document.document,
            day: document.day,
            total: document.total,
            tax: document.tax,
            status: document.status,
            'refers-to': document.refersTo,
            nuit: nuitOn(document, buyers.get(document.subjectId)),
          },
        })),
    ),
    totals: { total, tax },
  }
}
