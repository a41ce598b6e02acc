// The delivery of one mail: judged by what the log says of it, written, handed over, and what came of it recorded.
import type { Logger } from 'pino'
import { attributes, spans } from '../../otel/spans.ts'
import type { Context, Outcome } from '../commands/handling.ts'
import {
  deferMail,
  failMail,
  keepMail,
  type MailDesk,
  recordBounce,
  recordSent,
  suppressionOf,
  suppressMail,
} from '../commands/mail.ts'
import type { MailEvents } from '../domain/mail/events.ts'
import { mail } from '../domain/mail/mail.ts'
import { delayAfter } from '../kernel/backoff.ts'
import { fold, streamOf } from '../kernel/decider.ts'
import { UnavailableError } from '../kernel/errors.ts'
import type { RecordedEvent } from '../kernel/event.ts'
import { collect, type EventStore } from '../kernel/event-store.ts'
import { noTracing, type Tracing } from '../kernel/tracing.ts'
import { messageIdOf } from './addresses.ts'
import type { Carrier } from './carrier.ts'
import type { MailSettings } from './settings.ts'
import type { Verdict } from './verdict.ts'
import type { Writer } from './writing.ts'

export interface DeliveryOptions {
  readonly desk: MailDesk
  readonly store: EventStore
  readonly settings: MailSettings
  readonly writer: Writer
  /** Undefined: there is no server, and mails are kept here. */
  readonly carrier: Carrier | undefined
  readonly log: Pick<Logger, 'warn'>
  readonly random: () => number
  readonly context: (mailId: string) => Context
  readonly tracing?: Tracing | undefined
}

/** What became of an attempt: `idle` when there was nothing to do (any more). */
export interface Delivered {
  readonly verdict: Verdict['kind'] | 'kept' | 'suppressed' | 'unwritable' | 'idle'
  /** Of what was recorded, if anything was. */
  readonly position: bigint | undefined
  /** What the server said, in short; it names nobody. */
  readonly code?: string
}

/** After about two days of trying (1, 2, 4 … minutes, then every four hours) a mail is given up: RFC 5321 4.5.4.1 asks for some days. */
export const pace = { first: 60_000, longest: 4 * 3_600_000, attempts: 20 }

/** How a mail was queued, by its facts. */
export const queuedIn = (facts: readonly RecordedEvent[]): MailEvents['MailQueued'] | undefined =>
  // The stream's first fact; the codec has held it against its schema when it was written.
  facts[0]?.type === 'MailQueued' ? (facts[0].data as MailEvents['MailQueued']) : undefined

/** Whether the allow-list, if there is one, has the address or its domain. */
export function isAllowed({ allow }: Pick<MailSettings, 'allow'>, address: string): boolean {
  const lower = address.toLowerCase()
  return (
    allow === undefined || allow.some((entry) => entry === lower || (entry.startsWith('@') && lower.endsWith(entry)))
  )
}

/** Delivers mails. A store that is away is thrown on; whatever else goes wrong is recorded with the mail. */
export function openDelivery(options: DeliveryOptions): (mailId: string) => Promise<Delivered> {
  const { desk, store, settings, writer, carrier, log, random, context, tracing = noTracing } = options

  /** Why it must not be sent; undefined when it may. */
  const obstacle = async (queued: MailEvents['MailQueued']) => {
    if (queued.address === null) return 'erased'
    if (!isAllowed(settings, queued.address)) return 'not-allowed'
    return (await suppressionOf(desk, queued.recipientKey, context(queued.mailId)))?.because
  }

  const write = async (queued: MailEvents['MailQueued'], address: string) => {
    try {
      return await writer.write(queued, address)
    } catch (error) {
      if (error instanceof UnavailableError) throw error
      log.warn({ err: error, mailId: queued.mailId }, 'a mail could not be written')
      return undefined
    }
  }

  const record = (
    mailId: string,
    attempts: number,
    verdict: Verdict,
    address: string,
  ): Promise<Outcome<object>> | undefined => {
    const { code, reply } = verdict
    switch (verdict.kind) {
      case 'sent':
        return recordSent(desk, { mailId, messageId: messageIdOf(mailId, settings), code, reply }, context(mailId))
      case 'later': {
        if (attempts + 1 >= pace.attempts)
          return failMail(desk, { mailId, because: 'exhausted', code, reply }, context(mailId))
        const until = new Date(desk.now().getTime() + delayAfter(attempts + 1, { ...pace, random })).toISOString()
        return deferMail(desk, { mailId, code, reply, until }, context(mailId))
      }
      case 'bounced':
        return recordBounce(
          desk,
          { mailId, source: 'smtp', code, reply, address, suppress: 'bounced' },
          context(mailId),
        )
      case 'refused':
        return failMail(desk, { mailId, because: 'refused', code, reply }, context(mailId))
      case 'unreachable':
        return undefined
    }
  }

  const positionOf = async (outcome: Promise<Outcome<object>> | undefined): Promise<bigint | undefined> => {
    const recorded = await outcome
    return recorded && !recorded.rejected ? recorded.position : undefined
  }

  const deliver = async (mailId: string, facts: readonly RecordedEvent[]): Promise<Delivered> => {
    const queued = queuedIn(facts)
    const state = fold(mail, facts)
    if (!queued || state?.status !== 'waiting' || state.dueAt > desk.now().toISOString())
      return { verdict: 'idle', position: undefined }

    const because = await obstacle(queued)
    if (because !== undefined || queued.address === null) {
      const suppressed = suppressMail(desk, { mailId, because: because ?? 'erased' }, context(mailId))
      return { verdict: 'suppressed', position: await positionOf(suppressed) }
    }
    const written = await write(queued, queued.address)
    if (!written) {
      const failed = failMail(desk, { mailId, because: 'unwritable', code: '', reply: null }, context(mailId))
      return { verdict: 'unwritable', position: await positionOf(failed) }
    }
    if (!carrier) return { verdict: 'kept', position: await positionOf(keepMail(desk, mailId, context(mailId))) }
    const verdict = await carrier.carry(written)
    const recorded = record(mailId, state.attempts, verdict, queued.address)
    return { verdict: verdict.kind, position: await positionOf(recorded), code: verdict.code }
  }

  return async (mailId) => {
    const facts = await collect(store.readStream(streamOf(mail, mailId)))
    const links = [facts[0]?.metadata.traceparent]
    return tracing.span(spans.mail, { kind: 'client', links }, async (span) => {
      const delivered = await deliver(mailId, facts)
      span.set({ [attributes.verdict]: delivered.verdict })
      return delivered
    })
  }
}
