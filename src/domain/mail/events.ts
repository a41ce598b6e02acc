// Everything that can happen to a mail, and to an address that mail does not reach. What a mail says is values, not text: it is written when it
// is sent, in the recipient's language.
import { z } from 'zod'
import { type DataOf, events, personal, v1 } from '../../kernel/event.ts'
import { about, reportFrequencies } from '../notifications/events.ts'
import { amount, day, id, instant, note, text } from '../values.ts'

/** How many events from the beginning of the log a seal covers, and the root over them, base64. */
const treeHead = { size: z.int().positive(), root: text }

export const content = z.discriminatedUnion('kind', [
  /** `linkId`: of the link with which a password is set; the link itself is a secret, and in no event. */
  z.strictObject({ kind: z.literal('welcome'), linkId: id }),
  z.strictObject({ kind: z.literal('password-reset'), linkId: id }),
  z.strictObject({ kind: z.literal('notification'), notificationId: id, about }),
  /** What ran low in a window of time, all in one mail. */
  z.strictObject({ kind: z.literal('low-stock'), items: z.array(about).min(1).max(200), more: z.int().nonnegative() }),
  /** What was sold in a window of time: how many in all, and the latest of them. */
  z.strictObject({
    kind: z.literal('sales'),
    from: instant,
    to: instant,
    count: z.int().positive(),
    total: amount,
    latest: z.array(z.strictObject({ saleId: id, document: text, location: text, total: amount, at: instant })).max(50),
  }),
  /** Its figures are those of the read models when it is written. Null: all locations. */
  z.strictObject({
    kind: z.literal('report'),
    every: z.enum(reportFrequencies),
    from: day,
    to: day,
    locationId: id.nullable(),
  }),
  /** A seal of the log, for a witness outside to keep: what it says and who says so (docs/audit.md, Witness). */
  z.strictObject({
    kind: z.literal('seal'),
    sealId: id,
    ...treeHead,
    previous: z.strictObject(treeHead).nullable(),
    keyId: id,
    publicKey: text,
    signature: text,
    at: instant,
  }),
])
export type Content = z.infer<typeof content>
export type MailKind = Content['kind']
export const mailKinds: readonly MailKind[] = content.options.map((option) => option.shape.kind.value)

export const priorities = ['high', 'normal', 'low'] as const
export type Priority = (typeof priorities)[number]

const to = { mailId: id, recipientId: id }
const ofPerson = { person: 'recipientId' }
/** What the other side said; it may name the address. */
const reply = personal(note)
/** An SMTP reply or enhanced status code (RFC 3463), or what kept the network from carrying it: `550`, `5.1.1`, `ETIMEDOUT`. */
const code = z.string().max(40)

export const suppressionReasons = ['bounced', 'complaint', 'by-administrator'] as const

export const mailEvents = events('mail', {
  /** `recipientKey`, `domainKey`: keyed hashes of the address and its domain, by which limits and suppressions go. `notBefore`: held until then. */
  MailQueued: v1(
    {
      ...to,
      address: personal(z.string()),
      recipientKey: id,
      domainKey: id,
      locale: z.enum(['pt-MZ', 'en']),
      priority: z.enum(priorities),
      content,
      notBefore: instant,
      at: instant,
    },
    ofPerson,
  ),
  /** A server has taken it over. */
  MailSent: v1({ ...to, attempt: z.int().positive(), messageId: text, code, reply, at: instant }, ofPerson),
  /** There is no server to send by: it stays here, in the local outbox. */
  MailKept: v1({ ...to, at: instant }),
  /** Not now; again at `until`. */
  MailDeferred: v1({ ...to, attempt: z.int().positive(), code, reply, until: instant, at: instant }, ofPerson),
  /** The address does not take mail: said at once (`smtp`), or by a later report. */
  MailBounced: v1({ ...to, source: z.enum(['smtp', 'report', 'webhook']), code, reply, at: instant }, ofPerson),
  /** Given up. `refused`: this mail is not taken, by whatever address; `exhausted`: too many attempts; `unwritable`: it could not be written. */
  MailFailed: v1(
    { ...to, because: z.enum(['refused', 'exhausted', 'unwritable']), code, reply, at: instant },
    ofPerson,
  ),
  /** Not to be sent. */
  MailSuppressed: v1({
    ...to,
    because: z.enum([...suppressionReasons, 'not-allowed', 'erased']),
    at: instant,
  }),
  /** Somebody wants it tried again, now. */
  MailRetried: v1({ ...to, at: instant }),
})
export type MailEvents = DataOf<typeof mailEvents>

export const suppressionEvents = events('suppression', {
  AddressSuppressed: v1(
    {
      recipientKey: id,
      recipientId: id,
      address: personal(z.string()),
      because: z.enum(suppressionReasons),
      /** The mail that showed it, if one did. */
      mailId: id.nullable(),
      at: instant,
    },
    ofPerson,
  ),
  AddressReleased: v1({ recipientKey: id, recipientId: id, at: instant }),
})
export type SuppressionEvents = DataOf<typeof suppressionEvents>
