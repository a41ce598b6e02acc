// A list as a CSV file, sent page by page: of any length, in little memory.
import { stringify } from 'csv-stringify/sync'
import { stream } from 'hono/streaming'
import type { Collection, Query } from '../../kernel/read-models.ts'
import type { AppContext } from '../environment.ts'

type Cell = string | number | null | undefined

export interface CsvDownload<Doc> {
  /** Without its ending. */
  readonly name: string
  readonly heads: readonly string[]
  readonly rows: (documents: readonly Doc[]) => Promise<readonly (readonly Cell[])[]>
}

const pageSize = 1_000

/** A spreadsheet must not run what somebody has called themselves (OWASP, CSV injection); a figure below zero is no formula. */
const harmless = (cell: Cell): Cell =>
  typeof cell === 'string' && /^[=+\-@\t\r]/.test(cell) && !/^-\d+(\.\d+)?$/.test(cell) ? `'${cell}` : cell

/** Answers with all documents that the query finds, in its order. */
export function csvDownload<Doc extends object>(
  c: AppContext,
  collection: Collection<Doc>,
  query: Query<Doc>,
  { name, heads, rows }: CsvDownload<Doc>,
): Response {
  const { models } = c.get('system')
  c.header('content-type', 'text/csv; charset=utf-8')
  c.header('content-disposition', `attachment; filename="${name}.csv"`)
  return stream(c, async (out) => {
    await out.write(`\ufeff${stringify([heads])}`)
    for (let after: string | undefined, more = true; more; more = after !== undefined) {
      const page = await models.find(collection, { ...query, limit: pageSize, ...(after !== undefined && { after }) })
      const cells = await rows(page.items.map(({ document }) => document))
      if (cells.length > 0) await out.write(stringify(cells.map((row) => row.map(harmless))))
      after = page.next
    }
  })
}
