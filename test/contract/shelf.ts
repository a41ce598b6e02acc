// The documents that the read-model contract keeps: goods on a shelf, with values that are missing, equal, and accented.
import { v7 as newId } from 'uuid'
import type { Collection, Generation, Query, ReadModels, Save, Stored } from '../../src/kernel/read-models.ts'

export interface Good {
  readonly name: string
  readonly category?: string | null
  readonly price: number | null
  readonly active: boolean
  readonly notes?: string
}

/** A collection that no other test has. */
export const newShelf = (version = 1): Collection<Good> => ({
  name: `contract-${newId()}`,
  version,
  indexes: ['category', { fields: ['price'], beside: ['active'] }, 'name', ['category', 'price']],
  search: ['name', 'notes'],
})

export const generation = (collection: Collection, number = 1): Generation => ({ collection, number })

export const good = (name: string, rest: Partial<Good> = {}): Good => ({
  name,
  category: 'food',
  price: 100,
  active: true,
  ...rest,
})

export const saving = (id: string, position: number | bigint, document: object | null): Save => ({
  id,
  position: BigInt(position),
  document,
})

/** Saves documents of one generation, and leaves its checkpoint. */
export const save = (models: ReadModels, to: Generation, ...documents: Save[]): Promise<void> =>
  models.save({ saves: [{ generation: to, documents }], checkpoints: [] })

/** A collection whose first generation holds these goods under ids of their own, and has caught up. */
export async function stocked(models: ReadModels, goods: Readonly<Record<string, Good>>): Promise<Collection<Good>> {
  const shelf = newShelf()
  const first = generation(shelf)
  await models.prepare(first)
  await save(models, first, ...Object.entries(goods).map(([id, document], i) => saving(id, i, document)))
  await models.activate(first)
  return shelf
}

export const ids = (items: readonly { readonly id: string }[]): string[] => items.map(({ id }) => id)

/** All pages of a query. */
export async function pagesOf<Doc extends object>(
  models: ReadModels,
  collection: Collection<Doc>,
  query: Query<Doc>,
): Promise<(readonly Stored<Doc>[])[]> {
  const pages: (readonly Stored<Doc>[])[] = []
  let after: string | undefined
  do {
    const page = await models.find(collection, { ...query, ...(after !== undefined && { after }) })
    pages.push(page.items)
    after = page.next
  } while (after !== undefined)
  return pages
}
