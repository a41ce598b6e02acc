// The names behind the ids that facts carry: of people, locations and customers.
import { customers } from '../../../projections/customers.ts'
import { locations } from '../../../projections/locations.ts'
import { people } from '../../../projections/people.ts'
import type { Reader } from '../../../views/reader.ts'
import type { AppContext } from '../environment.ts'

const distinct = (ids: readonly (string | null)[]): string[] => [...new Set(ids.filter((id) => id !== null))]

/** Names by id. A person who was erased is called so; one who is not known, somebody. */
export async function namesOf(
  c: AppContext,
  { t }: Reader,
  ids: { readonly people?: readonly (string | null)[]; readonly customers?: readonly (string | null)[] },
): Promise<ReadonlyMap<string, string>> {
  const { models } = c.get('system')
  const { people: persons = [], customers: buyers = [] } = ids
  const [foundPeople, foundCustomers, places] = await Promise.all([
    models.getMany(people, distinct(persons)),
    models.getMany(customers, distinct(buyers)),
    models.find(locations, { limit: 1000 }),
  ])
  const erased = t('common.erased-person')
  return new Map([
    ...distinct(persons).map((id) => [id, t('people.somebody')] as const),
    ...foundPeople.map(({ id, document }) => [id, document.name ?? erased] as const),
    ...foundCustomers.map(({ id, document }) => [id, document.name ?? erased] as const),
    ...places.items.map(({ id, document }) => [id, document.name] as const),
  ])
}
