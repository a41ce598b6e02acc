// Reads from the read models what each report is made of.
import { type DocumentBuyer, documentBuyers } from '../../projections/document-buyers.ts'
import { fiscalDocuments } from '../../projections/fiscal-documents.ts'
import { ivaSummary } from '../../projections/iva-summary.ts'
import { type Location, locations } from '../../projections/locations.ts'
import { people } from '../../projections/people.ts'
import { type Product, products } from '../../projections/products.ts'
import { salesByCategory } from '../../projections/sales-by-category.ts'
import { allLocations, salesByDay } from '../../projections/sales-by-day.ts'
import { salesByEmployee } from '../../projections/sales-by-employee.ts'
import { type ProductMonth, salesByProduct, soldByProduct } from '../../projections/sales-by-product.ts'
import { stockLevels } from '../../projections/stock-levels.ts'
import { instantsAround } from '../domain/calendar.ts'
import type { Collection, Query, ReadModels } from '../kernel/read-models.ts'
import { addMonths, type Days, monthOf } from './period.ts'

type Place = string | undefined

/** All documents that a query finds, page by page. */
export async function everyOf<Doc extends object>(
  models: ReadModels,
  collection: Collection<Doc>,
  query: Omit<Query<Doc>, 'limit' | 'after'> = {},
): Promise<Doc[]> {
  const all: Doc[] = []
  for (let after: string | undefined; ; ) {
    const page = await models.find(collection, { ...query, limit: 1_000, ...(after && { after }) })
    all.push(...page.items.map(({ document }) => document))
    if (page.next === undefined) return all
    after = page.next
  }
}

const within = ({ from, to }: Days) => ({ gte: from, lte: to })

/** The days at one location, or of all together. */
export const readDays = (models: ReadModels, days: Days, place: Place) =>
  everyOf(models, salesByDay, { where: { locationId: place ?? allLocations, day: within(days) } })

/** The days of each location, those of all together left out. */
export const readDaysByLocation = async (models: ReadModels, days: Days) =>
  (await everyOf(models, salesByDay, { where: { day: within(days) } })).filter(
    ({ locationId }) => locationId !== allLocations,
  )

const at = (place: Place) => place !== undefined && { locationId: place }

export const readCategories = (models: ReadModels, days: Days, place: Place) =>
  everyOf(models, salesByCategory, { where: { ...at(place), day: within(days) } })

export const readEmployees = (models: ReadModels, days: Days, place: Place) =>
  everyOf(models, salesByEmployee, { where: { ...at(place), day: within(days) } })

const readProductMonths = async (models: ReadModels, days: Days, place: Place): Promise<ProductMonth[]> => {
  const month = { gte: monthOf(days.from), lte: monthOf(days.to) }
  const months = await everyOf(models, salesByProduct, { where: { month } })
  return place === undefined ? months : months.filter(({ locationId }) => locationId === place)
}

/** What each product sold. */
export const readSold = async (models: ReadModels, days: Days, place: Place) =>
  soldByProduct(await readProductMonths(models, days, place), days)

/** What each product sold, by location. */
export async function readSoldByLocation(models: ReadModels, days: Days, place: Place) {
  const months = Map.groupBy(await readProductMonths(models, days, place), ({ locationId }) => locationId)
  return new Map([...months].map(([locationId, own]) => [locationId, soldByProduct(own, days)]))
}

export async function readProducts(models: ReadModels, ids: Iterable<string>): Promise<ReadonlyMap<string, Product>> {
  const found = await models.getMany(products, [...new Set(ids)])
  return new Map(found.map(({ id, document }) => [id, document]))
}

/** Names by person; null once erased. */
export async function readPeople(models: ReadModels, ids: Iterable<string>) {
  const found = await models.getMany(people, [...new Set(ids)])
  return new Map(found.map(({ id, document }) => [id, document.name]))
}

/** Every location, closed ones included: they have sold, too. */
export async function readLocations(models: ReadModels): Promise<ReadonlyMap<string, Location>> {
  return new Map((await everyOf(models, locations)).map((location) => [location.locationId, location]))
}

export const readLevels = (models: ReadModels, place: Place, low?: true) =>
  everyOf(models, stockLevels, { where: { ...at(place), ...(low && { low }) } })

/** The year of months that ends with the month of the last day, or longer if the days do not fit into it. */
export function readIva(models: ReadModels, { from, to }: Days) {
  let first = addMonths(monthOf(to), -11)
  if (monthOf(from) < first) first = monthOf(from)
  return everyOf(models, ivaSummary, { where: { month: { gte: first, lte: monthOf(to) } } })
}

export async function readDocuments(models: ReadModels, days: Days, place: Place) {
  const found = await everyOf(models, fiscalDocuments, {
    where: { day: within(days), at: instantsAround(days) },
    sort: { by: 'at' },
  })
  return place === undefined ? found : found.filter(({ locationId }) => locationId === place)
}

export async function readBuyers(models: ReadModels, ids: Iterable<string>) {
  const found = await models.getMany(documentBuyers, [...new Set(ids)])
  return new Map<string, DocumentBuyer>(found.map(({ id, document }) => [id, document]))
}
