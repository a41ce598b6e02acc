// The rules of a mail: queued once, tried until it is sent, and whatever is said about it later judged by what is known already.
import { type Decider, nothing, type Rejection, reject } from '../../kernel/decider.ts'
import { type EventIn, event } from '../../kernel/event.ts'
import { type MailEvents, mailEvents } from './events.ts'

type Of<Type extends keyof MailEvents> = Omit<MailEvents[Type], 'recipientId'>

export type MailCommands = {
  QueueMail: MailEvents['MailQueued']
  RecordSent: Omit<Of<'MailSent'>, 'attempt'>
  KeepMail: Of<'MailKept'>
  DeferMail: Omit<Of<'MailDeferred'>, 'attempt'>
  RecordBounce: Of<'MailBounced'>
  FailMail: Of<'MailFailed'>
  SuppressMail: Of<'MailSuppressed'>
  RetryMail: Of<'MailRetried'>
}

export interface Mail {
  readonly status: 'waiting' | 'sent' | 'kept' | 'bounced' | 'failed' | 'suppressed'
  readonly recipientId: string
  readonly recipientKey: string
  /** How often it was tried since it was queued or retried. */
  readonly attempts: number
  /** Not to be tried before. */
  readonly dueAt: string
}

type Decision = readonly EventIn<MailEvents>[] | Rejection

const queued =
  <Command extends { readonly mailId: string }>(decide: (mail: Mail, command: Command) => Decision) =>
  (mail: Mail | null, command: Command): Decision =>
    mail ? decide(mail, command) : reject('unknown-mail', { mailId: command.mailId })

/** What a sender says about a mail that has meanwhile come to its end is late: another has said it before. */
const waiting = <Command extends { readonly mailId: string }>(decide: (mail: Mail, command: Command) => Decision) =>
  queued<Command>((mail, command) => (mail.status === 'waiting' ? decide(mail, command) : nothing))

/** The state is null until the mail is queued. `unknown-mail` { mailId }; RetryMail: `already-sent` { mailId }. */
export const mail: Decider<MailCommands, MailEvents, Mail | null> = {
  events: mailEvents,
  initial: null,
  isOver: (mail) => mail !== null && mail.status !== 'waiting',

  decide: {
    QueueMail: (mail, command) => (mail ? nothing : [event('MailQueued', command)]),
    RecordSent: waiting(({ recipientId, attempts }, sent) => [
      event('MailSent', { ...sent, recipientId, attempt: attempts + 1 }),
    ]),
    KeepMail: waiting(({ recipientId }, kept) => [event('MailKept', { ...kept, recipientId })]),
    DeferMail: waiting(({ recipientId, attempts }, deferred) => [
      event('MailDeferred', { ...deferred, recipientId, attempt: attempts + 1 }),
    ]),
    // A server may take a mail and report later that it could not be delivered.
    RecordBounce: queued(({ status, recipientId }, bounce) =>
      status === 'waiting' || status === 'sent' ? [event('MailBounced', { ...bounce, recipientId })] : nothing,
    ),
    FailMail: waiting(({ recipientId }, failure) => [event('MailFailed', { ...failure, recipientId })]),
    SuppressMail: waiting(({ recipientId }, suppressed) => [event('MailSuppressed', { ...suppressed, recipientId })]),
    RetryMail: queued(({ status, recipientId }, retry) =>
      status === 'sent'
        ? reject('already-sent', { mailId: retry.mailId })
        : [event('MailRetried', { ...retry, recipientId })],
    ),
  },

  evolve: {
    MailQueued: (_, { recipientId, recipientKey, notBefore }) => ({
      status: 'waiting',
      recipientId,
      recipientKey,
      attempts: 0,
      dueAt: notBefore,
    }),
    MailSent: (mail) => mail && { ...mail, status: 'sent' },
    MailKept: (mail) => mail && { ...mail, status: 'kept' },
    MailDeferred: (mail, { attempt, until }) => mail && { ...mail, attempts: attempt, dueAt: until },
    MailBounced: (mail) => mail && { ...mail, status: 'bounced' },
    MailFailed: (mail) => mail && { ...mail, status: 'failed' },
    MailSuppressed: (mail) => mail && { ...mail, status: 'suppressed' },
    MailRetried: (mail, { at }) => mail && { ...mail, status: 'waiting', attempts: 0, dueAt: at },
  },
}
