// Documents and their differences as CSV, for spreadsheets.
import { stringify } from 'csv-stringify/sync'
import type { DocumentChange } from './differences.ts'

/** What is not a plain value is written as JSON. A spreadsheet must not run what somebody has called a product. */
function cell(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value !== 'string') return typeof value === 'object' ? JSON.stringify(value) : String(value)
  return /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
}

/** One row a document: its id, then its fields. */
export function documentsCsv(documents: ReadonlyMap<string, object>): string {
  const fields = [...new Set([...documents.values()].flatMap((document) => Object.keys(document)))]
  const rows = [...documents].map(([id, document]) => {
    const values = document as Record<string, unknown>
    return [id, ...fields.map((field) => cell(values[field]))]
  })
  return stringify([['id', ...fields], ...rows])
}

/** One row a field that differs. */
export const changesCsv = (changes: readonly DocumentChange[]): string =>
  stringify([
    ['id', 'change', 'field', 'before', 'after'],
    ...changes.flatMap(({ id, kind, fields }) =>
      fields.map(({ field, before, after }) => [id, kind, field, cell(before), cell(after)]),
    ),
  ])
