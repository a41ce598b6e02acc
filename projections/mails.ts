// Every mail and what became of it: the queue of what is to be sent, and the outbox that people look at. Addresses and replies stay in the log.
import type { DomainEvents } from '../src/domain/events.ts'
import type { MailKind, Priority } from '../src/domain/mail/events.ts'
import { asItBegan, projection } from './projection.ts'

type Queued = DomainEvents['MailQueued']

export interface Mail {
  readonly mailId: string
  readonly kind: MailKind
  readonly recipientId: string
  readonly recipientKey: string
  readonly domainKey: string
  readonly locale: Queued['locale']
  readonly priority: Priority
  readonly state: 'waiting' | 'sent' | 'kept' | 'bounced' | 'failed' | 'suppressed'
  /** When it is to be tried, while it waits. */
  readonly dueAt: string
  readonly attempts: number
  /** Why it did not go, as a code: of the last reply, or the reason for which it was given up. */
  readonly code: string | null
  readonly queuedAt: string
  readonly lastAt: string
}

const key = ({ data }: { readonly data: { readonly mailId: string } }) => data.mailId

export const mails = projection<Mail>('mails', {
  version: 2,
  indexes: [
    'queuedAt',
    ['state', 'queuedAt'],
    ['state', 'priority', 'dueAt'],
    ['state', 'dueAt'],
    ['state', 'lastAt'],
    ['recipientId', 'queuedAt'],
  ],
  on: {
    MailQueued: {
      key,
      initial: ({ data }) => ({
        mailId: data.mailId,
        kind: data.content.kind,
        recipientId: data.recipientId,
        recipientKey: data.recipientKey,
        domainKey: data.domainKey,
        locale: data.locale,
        priority: data.priority,
        state: 'waiting',
        dueAt: data.notBefore,
        attempts: 0,
        code: null,
        queuedAt: data.at,
        lastAt: data.at,
      }),
      apply: asItBegan,
    },
    MailSent: {
      key,
      apply: (mail, { data: { attempt, at } }) => ({
        ...mail,
        state: 'sent',
        attempts: attempt,
        code: null,
        lastAt: at,
      }),
    },
    MailKept: { key, apply: (mail, { data: { at } }) => ({ ...mail, state: 'kept', code: null, lastAt: at }) },
    MailDeferred: {
      key,
      apply: (mail, { data: { attempt, code, until, at } }) => ({
        ...mail,
        attempts: attempt,
        code,
        dueAt: until,
        lastAt: at,
      }),
    },
    MailBounced: {
      key,
      apply: (mail, { data: { code, at } }) => ({ ...mail, state: 'bounced', code, lastAt: at }),
    },
    MailFailed: {
      key,
      apply: (mail, { data: { because, code, at } }) => ({
        ...mail,
        state: 'failed',
        code: code === '' ? because : code,
        lastAt: at,
      }),
    },
    MailSuppressed: {
      key,
      apply: (mail, { data: { because, at } }) => ({ ...mail, state: 'suppressed', code: because, lastAt: at }),
    },
    MailRetried: {
      key,
      apply: (mail, { data: { at } }) => ({
        ...mail,
        state: 'waiting',
        dueAt: at,
        attempts: 0,
        code: null,
        lastAt: at,
      }),
    },
  },
})
