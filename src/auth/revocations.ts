// Revocations: what makes an access token worthless before it expires. Kept in memory from the log itself, on every node.
import { setTimeout } from 'node:timers/promises'
import type { DomainEvents } from '../domain/events.ts'
import type { Role } from '../domain/values.ts'
import type { RecordedIn } from '../kernel/event.ts'
import type { EventStore } from '../kernel/event-store.ts'
import { type AccessClaims, accessSeconds } from './tokens.ts'

type Revoking = RecordedIn<
  Pick<DomainEvents, 'SessionEnded' | 'SessionRevoked' | 'PersonDeactivated' | 'PersonErased' | 'RoleChanged'>
>
const types: readonly Revoking['type'][] = [
  'SessionEnded',
  'SessionRevoked',
  'PersonDeactivated',
  'PersonErased',
  'RoleChanged',
]

/** Milliseconds that the clocks of nodes may be apart. */
const clockSkew = 60_000
/** Milliseconds before an interrupted subscription is tried again. */
const retryAfter = 500

export interface Revocations {
  /** Whether the token must be refused although it has not expired. */
  refuses(claims: AccessClaims): boolean
  /** Learns of an event at once, where it was caused; the log tells it again. */
  learn(event: { readonly type: string; readonly data: unknown }, at: Date): void
}

/** Frequent where people are at work: the first one that is old enough ends the look back. */
const signsOfTime = ['SessionStarted', 'SessionRefreshed'] satisfies (keyof DomainEvents)[]

const isRevoking = (event: { readonly type: string }): event is Revoking =>
  (types as readonly string[]).includes(event.type)

/** The revocations since a time (ms since 1970), in order. */
async function revokedSince(store: EventStore, since: number): Promise<readonly Revoking[]> {
  const found: Revoking[] = []
  for await (const page of store.readAll({ direction: 'backwards', filter: { types: [...types, ...signsOfTime] } }))
    for (const event of page) {
      if (Date.parse(event.recordedAt) < since) return found.reverse()
      if (isRevoking(event)) found.push(event)
    }
  return found.reverse()
}

/**
 * Revocations of the last quarter of an hour (older tokens have expired), then followed live until the signal aborts; while the store does not
 * answer it is tried again, for a revocation must not go unheard.
 */
export async function followRevocations(
  store: EventStore,
  now: () => Date,
  signal: AbortSignal,
  onInterruption: (error: unknown) => void = () => undefined,
): Promise<Revocations> {
  const sessions = new Map<string, number>()
  /** Who was put out, when: tokens issued until then are refused. */
  const out = new Map<string, number>()
  /** Who got another role, when: older tokens that tell another role are refused. */
  const roles = new Map<string, { readonly at: number; readonly role: Role }>()

  const note = (event: Pick<Revoking, 'type' | 'data'>, at: number): void => {
    if ('sessionId' in event.data) sessions.set(event.data.sessionId, at)
    else if ('role' in event.data) {
      const { personId, role } = event.data
      // What is heard twice may come late: the latest role counts.
      if (at >= (roles.get(personId)?.at ?? 0)) roles.set(personId, { at, role })
    } else out.set(event.data.personId, Math.max(at, out.get(event.data.personId) ?? 0))
  }
  const secondsOf = (date: Date): number => date.getTime() / 1000

  const forgetExpired = (): void => {
    const horizon = secondsOf(now()) - accessSeconds
    for (const known of [sessions, out]) for (const [id, at] of known) if (at < horizon) known.delete(id)
    for (const [id, { at }] of roles) if (at < horizon) roles.delete(id)
  }

  const head = await store.head()
  const since = now().getTime() - accessSeconds * 1000 - clockSkew
  for (const event of await revokedSince(store, since)) note(event, secondsOf(new Date(event.recordedAt)))

  let heard = head
  const hearOn = async (): Promise<void> => {
    for await (const message of store.subscribe({ after: heard, filter: { types }, signal })) {
      forgetExpired()
      if (message.kind === 'events')
        for (const event of message.events)
          if (isRevoking(event))
            // Until it is heard here, this node may issue tokens that rest on what was before, whatever the other's clock said.
            note(event, Math.max(secondsOf(new Date(event.recordedAt)), secondsOf(now())))
      heard = message.position
    }
  }
  const follow = async (): Promise<void> => {
    while (!signal.aborted)
      try {
        await hearOn()
        return
      } catch (error) {
        if (!signal.aborted) onInterruption(error)
        await setTimeout(retryAfter, undefined, { signal, ref: false }).catch(() => undefined)
      }
  }
  void follow()

  return {
    refuses({ sid, sub, iat, role }) {
      const changed = roles.get(sub)
      return (
        sessions.has(sid) ||
        iat <= (out.get(sub) ?? 0) ||
        (changed !== undefined && iat <= changed.at && role !== changed.role)
      )
    },
    learn: (event, at) => {
      if (isRevoking(event)) note(event, secondsOf(at))
    },
  }
}
