// Commands on mail: queued, and what became of each attempt; and the addresses that get none.
import type { Content, MailEvents, Priority, SuppressionEvents } from '../domain/mail/events.ts'
import { type MailCommands, mail } from '../domain/mail/mail.ts'
import { suppression } from '../domain/mail/suppression.ts'
import { person } from '../domain/people/person.ts'
import { reject } from '../kernel/decider.ts'
import type { Context, Desk } from './handling.ts'
import { refuse } from './unit.ts'

/** What queueing needs besides: the key of an address, so that it can be recognised without being told. */
export interface MailDesk extends Desk {
  readonly accountKey: (email: string) => string
}

export interface NewMail {
  /** Makes it safe to repeat: the same id is the same mail. */
  readonly mailId: string
  /** A person with an account; it goes to the address and in the language that are theirs now. */
  readonly recipientId: string
  readonly content: Content
  readonly priority?: Priority
  /** Not sent before. */
  readonly notBefore?: Date
}

/** A mail to somebody who has no account. */
export interface NewMailOutside extends Omit<NewMail, 'recipientId'> {
  /** A name of ours for who they are, under which the address is encrypted. */
  readonly recipientId: string
  readonly address: string
  readonly locale: MailEvents['MailQueued']['locale']
}

/** The domain of an address, as it stands for all addresses in it. */
const domainOf = (address: string): string => address.slice(address.lastIndexOf('@'))

/** Queues a mail. Rejected: `unknown-person` { personId } for who is not there, deactivated or erased. */
export function queueMail(desk: MailDesk, asked: NewMail, context: Context) {
  const { mailId, recipientId } = asked
  return desk.commands.execute(context, (unit) => {
    const recipient = unit.state(person, recipientId)
    if (!('email' in recipient) || recipient.email === null || recipient.status !== 'active')
      return reject('unknown-person', { personId: recipientId })
    const { email: address, locale } = recipient
    unit.decide(mail, mailId, 'QueueMail', queuing(desk, { ...asked, address, locale }))
    return { id: mailId }
  })
}

/** Queues a mail to an address outside. */
export const queueMailOutside = (desk: MailDesk, asked: NewMailOutside, context: Context) =>
  desk.commands.execute(context, (unit) => {
    unit.decide(mail, asked.mailId, 'QueueMail', queuing(desk, asked))
    return { id: asked.mailId }
  })

function queuing({ now, accountKey }: MailDesk, asked: NewMailOutside): MailCommands['QueueMail'] {
  const { mailId, recipientId, address, locale, content, priority = 'normal', notBefore } = asked
  const at = now().toISOString()
  return {
    mailId,
    recipientId,
    address,
    recipientKey: accountKey(address),
    domainKey: accountKey(domainOf(address)),
    locale,
    priority,
    content,
    notBefore: notBefore && notBefore > now() ? notBefore.toISOString() : at,
    at,
  }
}

/** Decides one command on a mail. */
const decide = <K extends keyof MailCommands & string>(
  { commands, now }: Desk,
  type: K,
  command: (at: string) => MailCommands[K],
  context: Context,
) => {
  const decided = command(now().toISOString())
  return commands.execute(context, (unit) => {
    unit.decide(mail, decided.mailId, type, decided)
    return { id: decided.mailId }
  })
}

type Told<K extends keyof MailCommands> = Omit<MailCommands[K], 'at'>

// What a sender tells of a mail that has meanwhile come to its end changes nothing. Rejected, all of these: `unknown-mail`.

export const recordSent = (desk: Desk, sent: Told<'RecordSent'>, context: Context) =>
  decide(desk, 'RecordSent', (at) => ({ ...sent, at }), context)

export const keepMail = (desk: Desk, mailId: string, context: Context) =>
  decide(desk, 'KeepMail', (at) => ({ mailId, at }), context)

export const deferMail = (desk: Desk, deferred: Told<'DeferMail'>, context: Context) =>
  decide(desk, 'DeferMail', (at) => ({ ...deferred, at }), context)

export const failMail = (desk: Desk, failure: Told<'FailMail'>, context: Context) =>
  decide(desk, 'FailMail', (at) => ({ ...failure, at }), context)

export const suppressMail = (desk: Desk, suppressed: Told<'SuppressMail'>, context: Context) =>
  decide(desk, 'SuppressMail', (at) => ({ ...suppressed, at }), context)

/** Has a mail tried again, now. Rejected: `unknown-mail`, `already-sent`. */
export const retryMail = (desk: Desk, mailId: string, context: Context) =>
  decide(desk, 'RetryMail', (at) => ({ mailId, at }), context)

export interface Bounce extends Pick<MailEvents['MailBounced'], 'mailId' | 'source' | 'code' | 'reply'> {
  readonly address: string | null
  /** Why the address gets no more mail; undefined when it is not to blame. */
  readonly suppress: SuppressionEvents['AddressSuppressed']['because'] | undefined
}

/** The mail could not be delivered, and perhaps its address gets no more: recorded together. Rejected: `unknown-mail`. */
export const recordBounce = (
  { commands, now }: Desk,
  { address, suppress: because, ...bounce }: Bounce,
  context: Context,
) =>
  commands.execute(context, (unit) => {
    const at = now().toISOString()
    const { mailId } = bounce
    const { recipientKey, recipientId } = unit.state(mail, mailId) ?? refuse('unknown-mail', { mailId })
    unit.decide(mail, mailId, 'RecordBounce', { ...bounce, at })
    if (because === undefined) return { id: mailId }
    const suppressed = { recipientKey, recipientId, address, because, mailId, at }
    unit.decide(suppression, recipientKey, 'SuppressAddress', suppressed)
    return { id: mailId }
  })

/** No mail to the person's address any more. Rejected: `unknown-person`. */
export const suppressAddress = (
  { commands, now, accountKey }: MailDesk,
  { personId }: { readonly personId: string },
  context: Context,
) =>
  commands.execute(context, (unit) => {
    const known = unit.state(person, personId)
    if (!('email' in known) || known.email === null) return reject('unknown-person', { personId })
    const recipientKey = accountKey(known.email)
    const at = now().toISOString()
    const because = 'by-administrator'
    const suppressed = { recipientKey, recipientId: personId, address: known.email, because, mailId: null, at } as const
    unit.decide(suppression, recipientKey, 'SuppressAddress', suppressed)
    return { id: recipientKey }
  })

/** The address gets mail again. */
export const releaseAddress = ({ commands, now }: Desk, recipientKey: string, context: Context) =>
  commands.execute(context, (unit) => {
    unit.decide(suppression, recipientKey, 'ReleaseAddress', { recipientKey, at: now().toISOString() })
    return { id: recipientKey }
  })

/** Why the address gets no mail; null when it does. */
export async function suppressionOf({ commands }: Desk, recipientKey: string, context: Context) {
  const found = await commands.execute(context, (unit) => ({ suppressed: unit.state(suppression, recipientKey) }))
  return found.rejected ? null : found.value.suppressed
}
