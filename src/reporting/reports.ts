// Every report by its name: what it can be asked for, and how it is made. Pages and API ask here.

import { addDays, localTime } from '../domain/calendar.ts'
import { observedDays } from '../domain/purchasing/reorder.ts'
import type { ReadModels } from '../kernel/read-models.ts'
import { reportOfDocuments, reportOfIva } from './fiscal.ts'
import { type Days, type Period, wholeMonths } from './period.ts'
import {
  readBuyers,
  readCategories,
  readDays,
  readDaysByLocation,
  readDocuments,
  readEmployees,
  readIva,
  readLevels,
  readLocations,
  readPeople,
  readProducts,
  readSold,
  readSoldByLocation,
} from './reading.ts'
import type { Report, ReportId, Scope } from './report.ts'
import { reportByDay, reportByHour } from './sales-by-time.ts'
import {
  reportByCategory,
  reportByEmployee,
  reportByLocation,
  reportByProduct,
  reportOfMargins,
  type Spans,
} from './sales-by-what.ts'
import { reportOfLowStock, reportOfStockValue } from './stock.ts'

/** What a report can be narrowed by; `now`: it tells how things are, not what happened in a period. */
export interface Choices {
  readonly span: 'days' | 'months' | 'now'
  readonly byLocation: boolean
}

type Make = (models: ReadModels, scope: Scope, today: string) => Promise<Report>

interface Kind extends Choices {
  readonly make: Make
}

/** Reads the same for the period and the one before it. */
async function both<Part>({ period }: Scope, read: (days: Days) => Promise<Part>): Promise<Spans<Part>> {
  const [now, before] = await Promise.all([read(period), read(period.before)])
  return { now, before }
}

const byDays = { span: 'days', byLocation: true } as const

const kinds: Readonly<Record<ReportId, Kind>> = {
  'sales-by-day': {
    ...byDays,
    make: async (models, scope) => {
      const { now, before } = await both(scope, (days) => readDays(models, days, scope.locationId))
      return reportByDay(scope, now, before)
    },
  },
  'sales-by-hour': {
    ...byDays,
    make: async (models, scope) => {
      const { now, before } = await both(scope, (days) => readDays(models, days, scope.locationId))
      return reportByHour(scope, now, before)
    },
  },
  'sales-by-product': {
    ...byDays,
    make: async (models, scope) => {
      const sold = await both(scope, (days) => readSold(models, days, scope.locationId))
      return reportByProduct(scope, sold, await readProducts(models, sold.now.keys()))
    },
  },
  'sales-by-category': {
    ...byDays,
    make: async (models, scope) =>
      reportByCategory(scope, await both(scope, (days) => readCategories(models, days, scope.locationId))),
  },
  'sales-by-employee': {
    ...byDays,
    make: async (models, scope) => {
      const days = await both(scope, (some) => readEmployees(models, some, scope.locationId))
      const sellers = days.now.flatMap(({ byEmployee }) => Object.keys(byEmployee))
      return reportByEmployee(scope, days, await readPeople(models, sellers))
    },
  },
  'sales-by-location': {
    span: 'days',
    byLocation: false,
    make: async (models, scope) => {
      const names = [...(await readLocations(models))].map(([id, { name }]) => [id, name] as const)
      return reportByLocation(scope, await both(scope, (days) => readDaysByLocation(models, days)), new Map(names))
    },
  },
  margins: {
    ...byDays,
    make: async (models, scope) => {
      const sold = await both(scope, (days) => readSold(models, days, scope.locationId))
      const days = await both(scope, (some) => readDays(models, some, scope.locationId))
      return reportOfMargins(scope, sold, await readProducts(models, sold.now.keys()), days)
    },
  },
  'stock-value': {
    span: 'now',
    byLocation: true,
    make: async (models, { locationId }) => {
      const levels = await readLevels(models, locationId)
      const known = await readProducts(
        models,
        levels.map(({ productId }) => productId),
      )
      return reportOfStockValue(locationId, levels, known, await readLocations(models))
    },
  },
  'low-stock': {
    span: 'now',
    byLocation: true,
    make: async (models, { locationId }, today) => {
      const levels = await readLevels(models, locationId, true)
      const days = { from: addDays(today, 1 - observedDays), to: today }
      const known = await readProducts(
        models,
        levels.map(({ productId }) => productId),
      )
      const sold = await readSoldByLocation(models, days, locationId)
      return reportOfLowStock(locationId, levels, known, await readLocations(models), { days, sold })
    },
  },
  iva: {
    span: 'months',
    byLocation: false,
    make: async (models, { period }, today) => {
      const months = wholeMonths(period)
      const read = await readIva(models, { from: months.before.from, to: months.to })
      return reportOfIva({ period: months, locationId: undefined }, read, months.to < today)
    },
  },
  documents: {
    ...byDays,
    make: async (models, scope) => {
      const documents = await both(scope, (days) => readDocuments(models, days, scope.locationId))
      const buyers = await readBuyers(
        models,
        documents.now.map(({ subjectId }) => subjectId),
      )
      return reportOfDocuments(scope, documents, buyers)
    },
  },
}

/** What a report can be narrowed by. */
export const choicesOf = (id: ReportId): Choices => kinds[id]

/** Today, by the company's calendar. */
export const todayIn = (timeZone: string, now: Date): string => localTime(now.toISOString(), timeZone).day

/** Makes a report. A location is left out of account where the report knows none. */
export const makeReport = (
  models: ReadModels,
  id: ReportId,
  asked: { readonly period: Period; readonly locationId: string | undefined },
  today: string,
): Promise<Report> =>
  kinds[id].make(
    models,
    { period: asked.period, locationId: kinds[id].byLocation ? asked.locationId : undefined },
    today,
  )
