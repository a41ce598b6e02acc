// The counter: where, when and by whom something is handled at a till, the drawer that is open there, and the documents it issues.

import { localTime } from '../domain/calendar.ts'
import { cashSession, tillName } from '../domain/cash/cash-session.ts'
import { claim, claimId } from '../domain/claims/claim.ts'
import { customer } from '../domain/customers/customer.ts'
import type { DocumentType } from '../domain/fiscal/events.ts'
import { nextDocument, series, seriesId, seriesName } from '../domain/fiscal/series.ts'
import { location } from '../domain/locations/location.ts'
import { type Settings, settings, settingsId } from '../domain/settings/settings.ts'
import type { PaymentMethod } from '../domain/values.ts'
import { refuse, type Unit } from './unit.ts'

/** A till, and when and by whom it is used. */
export interface Counter {
  readonly company: Settings
  readonly locationCode: string
  /** The part that every fact of a sale carries. */
  readonly handled: {
    readonly locationId: string
    readonly till: number
    readonly cashierId: string
    /** The open session of the till's drawer. */
    readonly cashSessionId: string | null
    readonly at: string
    readonly day: string
    readonly hour: number
  }
}

/** The company, once it is set up. Refused: `not-set-up`. */
export const companyOf = (unit: Unit): Settings => unit.state(settings, settingsId) ?? refuse('not-set-up')

/** The id of the claim that the open cash session of a till holds. */
export const tillClaim = (locationId: string, till: number): string => claimId('till', tillName(locationId, till))

/** An open location's till. Refused: `unknown-location`, `location-closed`, `unknown-till` { till, tills }. */
export function tillOf(unit: Unit, locationId: string, till: number): { readonly code: string } {
  const place = unit.state(location, locationId) ?? refuse('unknown-location', { locationId })
  if (place.closed) refuse('location-closed', { locationId })
  return till >= 1 && till <= place.tills ? place : refuse('unknown-till', { till, tills: place.tills })
}

/** The counter at an open location's till. Refused as `companyOf` and `tillOf` do. */
export function counterAt(
  unit: Unit,
  { locationId, till, cashierId, at }: { locationId: string; till: number; cashierId: string; at: string },
): Counter {
  const company = companyOf(unit)
  const { code } = tillOf(unit, locationId, till)
  const { holder } = unit.state(claim, tillClaim(locationId, till))
  return {
    company,
    locationCode: code,
    handled: { locationId, till, cashierId, cashSessionId: holder, at, ...localTime(at, company.timeZone) },
  }
}

/** The series of a type of documents at the counter, and the name of the next of them. */
export function nextAt(unit: Unit, type: DocumentType, { locationCode, handled: { till, day } }: Counter) {
  const name = seriesName(type, locationCode, till, day)
  return { type, series: name, document: nextDocument(name, unit.state(series, seriesId(name))) }
}

/** Issues the next document at the counter. */
export function issue(
  unit: Unit,
  { company, handled: { locationId, at, day } }: Counter,
  next: { readonly type: DocumentType; readonly series: string },
  source: {
    readonly sourceId: string
    readonly saleId: string
    readonly customerId: string | null
    readonly customerNuit: string | null
    readonly total: number
    readonly tax: number
    readonly refersTo: string | null
  },
): void {
  const { customerId, ...rest } = source
  const subjectId = customerId ?? source.sourceId
  const document = { type: next.type, series: next.series, locationId, subjectId, companyNuit: company.nuit, at, day }
  unit.decide(series, seriesId(next.series), 'IssueDocument', { ...document, ...rest })
}

/** The tax number of a customer as it is known; null once they are erased. */
export const nuitOf = (unit: Unit, customerId: string | null): string | null =>
  customerId === null ? null : unit.state(customer, customerId).details.nuit

/** Records in the open drawer what was paid, or given back (negative); nothing when no drawer is open or it was not cash. */
export function settleCash(
  unit: Unit,
  { cashSessionId, at }: Counter['handled'],
  { method, sourceId, amount }: { method: PaymentMethod; sourceId: string; amount: number },
): void {
  if (cashSessionId === null || method !== 'cash' || amount === 0) return
  const moved = { cashSessionId, sourceId, amount: Math.abs(amount), at }
  unit.decide(cashSession, cashSessionId, amount > 0 ? 'TakeCash' : 'GiveCashBack', moved)
}
