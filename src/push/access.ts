// What the log says about who may listen: events that put a listener out, or give them other departments.
import type { DomainEvents } from '../domain/events.ts'
import type { RecordedIn } from '../kernel/event.ts'
import type { Who } from './rooms.ts'

const types = [
  'SessionEnded',
  'SessionRevoked',
  'PersonDeactivated',
  'PersonErased',
  'RoleChanged',
  'WorkplaceChanged',
] as const

export type AccessEvent = RecordedIn<Pick<DomainEvents, (typeof types)[number]>>
export const accessTypes: readonly string[] = types

export const isAccessEvent = (event: { readonly type: string }): event is AccessEvent =>
  accessTypes.includes(event.type)

/** What the event means for a listener: `out`: their token is no longer good; `moved`: they have other departments. */
export function consequenceFor(
  { personId, sessionId, role }: Who,
  { type, data }: AccessEvent,
): 'none' | 'out' | 'moved' {
  if ('sessionId' in data ? data.sessionId !== sessionId : data.personId !== personId) return 'none'
  if (type === 'WorkplaceChanged') return 'moved'
  // A role that their token already tells is not new to them.
  return 'role' in data && data.role === role ? 'none' : 'out'
}
