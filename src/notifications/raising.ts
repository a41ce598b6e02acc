// The reactor that tells people: each event that a rule is about, once. What is old by the time it is heard of is told nobody.
import { v5 } from 'uuid'
import type { Context, Desk } from '../commands/handling.ts'
import { type MailDesk, queueMail } from '../commands/mail.ts'
import { raiseNotification } from '../commands/notifications.ts'
import type { DomainEvents, Recorded } from '../domain/events.ts'
import type { About, NotificationKind } from '../domain/notifications/events.ts'
import { UnavailableError } from '../kernel/errors.ts'
import type { RecordedEvent } from '../kernel/event.ts'
import type { ReadModels } from '../kernel/read-models.ts'
import type { Progress } from '../progress.ts'
import { defineReactor, type Effects, type Reactor } from '../subscribers/reactor.ts'
import { type Addressee, addresseesOf, recipientOf } from './audience.ts'
import { type Rule, rules } from './rules.ts'

export interface NotifyingDesk extends Desk, MailDesk {
  readonly models: ReadModels
  readonly progress: Progress
}

/** Milliseconds after which nobody need be told any more: a demo's history, a restored backup, an outage of days. */
export const staleAfter = 24 * 3_600_000
/** Milliseconds of a window in which the same is told together. */
export const windowLength = 15 * 60_000

const namespace = '2b7f0d52-6a0e-5f0e-9c1c-3f6f5f0b8d41'

/** The id of what is told together. `at`: any instant of the window. */
export const groupId = (kind: NotificationKind, group: string, at: string): string =>
  v5(`${kind}/${group}/${Math.floor(Date.parse(at) / windowLength)}`, namespace)

const causedBy = ({ id, metadata }: RecordedEvent): Context => ({
  actor: 'system:notifications',
  correlationId: metadata.correlationId,
  causationId: id,
  ...(metadata.traceparent && { traceparent: metadata.traceparent }),
})

const personWho = ({ metadata: { actor } }: RecordedEvent): string | undefined => /^person:(.+)$/.exec(actor)?.[1]

/** Queues a mail to each who wants one, with ids that make it safe to repeat. `idOf`: the mail's id for a person. */
export async function mailTo(
  desk: MailDesk,
  addressees: readonly Addressee[],
  told: { readonly notificationId: string; readonly about: About; readonly idOf: (personId: string) => string },
  context: Context,
): Promise<void> {
  const { notificationId, about, idOf } = told
  const { request: _repeatable, ...each } = context
  for (const { personId, mail, quietUntil } of addressees) {
    if (!mail) continue
    const letter = {
      mailId: idOf(personId),
      recipientId: personId,
      content: { kind: 'notification', notificationId, about },
    } as const
    await queueMail(desk, { ...letter, ...(quietUntil && { notBefore: quietUntil }) }, each)
  }
}

const reaction =
  <Type extends keyof DomainEvents>(desk: NotifyingDesk, rule: Rule<Type>) =>
  async (event: Recorded<Type>, effects: Effects): Promise<void> => {
    const { at } = event.data as { readonly at: string }
    if (desk.now().getTime() - Date.parse(at) > staleAfter) return
    if (!(await desk.progress.waitFor(event.position, 10_000))) throw new UnavailableError('the read models')
    const told = await rule.tell(event, desk.models)
    if (!told) return

    const { kind, group } = rule
    const { severity, audiences, about, exceptCauser } = told
    const except = exceptCauser && personWho(event)
    const telling = { kind, severity, audiences, except, at: desk.now() }
    const addressees = await addresseesOf(desk.models, telling)
    const notificationId = group ? groupId(kind, group(event.data), at) : effects.key
    const recipients = addressees.map(recipientOf)
    const context = causedBy(event)
    await raiseNotification(desk, { notificationId, severity, recipients, itemId: event.id, about }, context)
    // What is told together is mailed together: see digests.ts.
    if (group) return
    await mailTo(desk, addressees, { notificationId, about, idOf: (id) => effects.keyOf(`mail/${id}`) }, context)
  }

/** Tells people what the rules say. */
export function notifying(desk: NotifyingDesk): Reactor {
  const on = Object.entries(rules).map(([type, rule]) => [type, reaction(desk, rule as unknown as Rule)])
  return defineReactor<DomainEvents>('notifications', { on: Object.fromEntries(on) })
}
