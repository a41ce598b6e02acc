// Messages that people send to people: a notification like any other, with a sender.
import { v5 } from 'uuid'
import { type Context, type Outcome, personIn } from '../commands/handling.ts'
import { raiseNotification } from '../commands/notifications.ts'
import type { Severity } from '../domain/notifications/events.ts'
import { reject } from '../kernel/decider.ts'
import { type Audience, addresseesOf, recipientOf } from './audience.ts'
import { mailTo, type NotifyingDesk } from './raising.ts'

export interface NewMessage {
  readonly audience: Audience
  readonly title: string
  readonly text: string
  readonly severity: Severity
  /** By mail too, to all who have not chosen otherwise. */
  readonly mail: boolean
}

const namespace = '0d7e9b6e-4f57-5d0b-8a3c-5b1c8e1f7a90'

/** Sends a message; the sender is not told. Rejected: `nobody-to-tell` when there is nobody else. */
export async function sendMessage(
  desk: Omit<NotifyingDesk, 'progress'>,
  { audience, title, text, severity, mail }: NewMessage,
  context: Context,
): Promise<Outcome<{ id: string }>> {
  const senderId = personIn(context)
  const defaults = { push: true, mail }
  const telling = {
    kind: 'message',
    severity,
    audiences: [audience],
    except: senderId,
    at: desk.now(),
    defaults,
  } as const
  const addressees = await addresseesOf(desk.models, telling)
  if (addressees.length === 0) return reject('nobody-to-tell')
  const about = { kind: 'message', title, text, senderId } as const
  const notificationId = desk.newId()
  const recipients = addressees.map(recipientOf)
  const told = { notificationId, severity, recipients, itemId: notificationId, about }
  const outcome = await raiseNotification(desk, told, context)
  if (outcome.rejected) return outcome
  // A request that is repeated has the id that the first one made.
  const { id } = outcome.value
  const idOf = (personId: string) => v5(`${id}/${personId}`, namespace)
  if (mail) await mailTo(desk, addressees, { notificationId: id, about, idOf }, context)
  return outcome
}
