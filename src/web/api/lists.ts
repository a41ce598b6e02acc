// Lists and single documents as the API answers them: pages with a cursor, 404 for what is not there.
import { z } from '@hono/zod-openapi'
import type { Collection, Query } from '../../kernel/read-models.ts'
import type { AppContext } from '../environment.ts'
import { ProblemError } from '../problems.ts'

/** A list within an answer. */
export const listOf = <Item extends z.ZodType>(item: Item) => z.array(item).readonly()

/** A filter that is on, off, or (left out) of no account. */
export const flag = z.enum(['true', 'false']).transform((value) => value === 'true')

/** A day of the calendar as a filter. */
export const dayFilter = z.iso.date()

/** One page of documents, each as `present` shows it. */
export async function pageFrom<Doc extends object, Item>(
  c: AppContext,
  collection: Collection<Doc>,
  query: Query<Doc>,
  present: (documents: readonly Doc[]) => readonly Item[] | Promise<readonly Item[]>,
): Promise<{ items: readonly Item[]; next: string | null }> {
  const { items, next } = await c.get('system').models.find(collection, query)
  return { items: await present(items.map(({ document }) => document)), next: next ?? null }
}

/** The paging part of a query. */
export const paged = ({ limit, after }: { readonly limit: number; readonly after?: string | undefined }) => ({
  limit,
  ...(after !== undefined && { after }),
})

/** The document, or the problem with that code (`unknown-…`: 404). */
export async function found<Doc extends object>(
  c: AppContext,
  collection: Collection<Doc>,
  id: string,
  code: string,
): Promise<Doc> {
  const stored = await c.get('system').models.get(collection, id)
  if (!stored) throw new ProblemError(code, { id })
  return stored.document
}

/** The documents by their id, for joins. */
export async function byId<Doc extends object>(
  c: AppContext,
  collection: Collection<Doc>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Doc>> {
  const stored = await c.get('system').models.getMany(collection, [...new Set(ids)])
  return new Map(stored.map(({ id, document }) => [id, document]))
}
