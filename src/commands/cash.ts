// Cash sessions: a till's drawer is opened with a float, moved by hand, and counted at the close. A till has one open drawer at a time.
import { localTime } from '../domain/calendar.ts'
import { cashSession, tillName } from '../domain/cash/cash-session.ts'
import { claim } from '../domain/claims/claim.ts'
import { companyOf, tillClaim, tillOf } from './counter.ts'
import { type Context, type Desk, type Outcome, personIn } from './handling.ts'
import { refuse } from './unit.ts'

export interface OpenCashSession {
  readonly locationId: string
  readonly till: number
  readonly openingFloat: number
}

export interface MoveCash {
  readonly cashSessionId: string
  /** Put in when positive, taken out when negative. */
  readonly amount: number
  readonly reason: string
}

export interface CloseCashSession {
  readonly cashSessionId: string
  readonly counted: number
  readonly note?: string | undefined
}

/** Rejections: `till-open` { cashSessionId } and those of the counter. */
export function openCashSession(
  { commands, now, newId }: Desk,
  asked: OpenCashSession,
  context: Context,
): Promise<Outcome<{ id: string }>> {
  const at = now().toISOString()
  const cashSessionId = newId()
  return commands.execute(context, (unit) => {
    const { locationId, till } = asked
    const { day } = localTime(at, companyOf(unit).timeZone)
    tillOf(unit, locationId, till)
    const id = tillClaim(locationId, till)
    const { holder } = unit.state(claim, id)
    if (holder !== null) refuse('till-open', { cashSessionId: holder })
    unit.decide(claim, id, 'ClaimName', { kind: 'till', name: tillName(locationId, till), holder: cashSessionId })
    const opened = { ...asked, cashSessionId, cashierId: personIn(context), at, day }
    unit.create(cashSession, cashSessionId, 'OpenCashSession', opened)
    return { id: cashSessionId }
  })
}

/** Rejections: those of the cash session's rules. */
export function moveCash(
  { commands, now }: Desk,
  asked: MoveCash,
  context: Context,
): Promise<Outcome<{ id: string; expected: number }>> {
  const at = now().toISOString()
  return commands.execute(context, (unit) => {
    const { cashSessionId: id } = asked
    unit.decide(cashSession, id, 'MoveCash', { ...asked, by: personIn(context), at })
    return { id, expected: unit.state(cashSession, id).expected }
  })
}

/** Rejections: those of the cash session's rules. */
export function closeCashSession(
  { commands, now }: Desk,
  asked: CloseCashSession,
  context: Context,
): Promise<Outcome<{ id: string; expected: number; difference: number }>> {
  const at = now().toISOString()
  return commands.execute(context, (unit) => {
    const { cashSessionId: id, counted, note = '' } = asked
    const { locationId, till, expected } = unit.state(cashSession, id)
    const closed = { cashSessionId: id, counted, note, closedBy: personIn(context), at }
    unit.decide(cashSession, id, 'CloseCashSession', closed)
    const released = { kind: 'till', name: tillName(locationId, till), holder: id }
    unit.decide(claim, tillClaim(locationId, till), 'ReleaseName', released)
    return { id, expected, difference: counted - expected }
  })
}
