// What pages about goods refer to by id: products, locations, suppliers, and who did it.
import { locations } from '../../../projections/locations.ts'
import { people } from '../../../projections/people.ts'
import { type Product, products } from '../../../projections/products.ts'
import { suppliers } from '../../../projections/suppliers.ts'
import type { Reader } from '../../../views/reader.ts'
import type { Collection } from '../../kernel/read-models.ts'
import type { AppContext } from '../environment.ts'

/** A list page names at most as many as this of each kind. */
const most = 1_000

async function byId<Doc extends object>(c: AppContext, collection: Collection<Doc>, ids: Iterable<string | null>) {
  const wanted = [...new Set(ids)].filter((id) => id !== null)
  const found = wanted.length === 0 ? [] : await c.get('system').models.getMany(collection, wanted)
  return new Map(found.map(({ id, document }) => [id, document]))
}

/** The products by their ids. */
export const productsById = (c: AppContext, ids: Iterable<string>): Promise<Map<string, Product>> =>
  byId(c, products, ids)

/** Says who an actor is: a person by name, or the system. */
export async function actorNames(c: AppContext, { t }: Reader, actors: Iterable<string>) {
  const idOf = (actor: string) => actor.replace(/^person:/, '')
  const known = await byId(c, people, [...actors].map(idOf))
  return (actor: string): string => {
    if (!actor.startsWith('person:') && !known.has(actor)) return t('common.the-system')
    return known.get(idOf(actor))?.name ?? t('common.erased-person')
  }
}

/** All locations, closed ones too, by name. */
export async function allLocations(c: AppContext) {
  const page = await c.get('system').models.find(locations, { sort: { by: 'nameKey' }, limit: most })
  return page.items.map(({ document }) => document)
}

/** The suppliers that take orders, by name. */
export async function activeSuppliers(c: AppContext) {
  const query = { where: { active: true }, sort: { by: 'nameKey' }, limit: most } as const
  return (await c.get('system').models.find(suppliers, query)).items.map(({ document }) => document)
}

/** The suppliers by their ids. */
export const suppliersById = (c: AppContext, ids: Iterable<string | null>) => byId(c, suppliers, ids)
