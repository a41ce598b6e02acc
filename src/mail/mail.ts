// The mail room: writes mails, sends them from one node at a time, and shows them to whoever administers.
import type { Logger } from 'pino'
import type { Links } from '../auth/links.ts'
import { raiseAlert, resolveAlert } from '../commands/alerts.ts'
import type { Context } from '../commands/handling.ts'
import type { MailDesk } from '../commands/mail.ts'
import type { MailEvents } from '../domain/mail/events.ts'
import { mail as mailRules } from '../domain/mail/mail.ts'
import { streamOf } from '../kernel/decider.ts'
import type { RecordedEvent } from '../kernel/event.ts'
import { collect, type EventStore } from '../kernel/event-store.ts'
import type { ReadModels } from '../kernel/read-models.ts'
import type { Tracing } from '../kernel/tracing.ts'
import type { Progress } from '../progress.ts'
import { persistently } from '../subscribers/backoff.ts'
import { systemClock } from '../subscribers/clock.ts'
import type { Leases } from '../subscribers/leases.ts'
import type { BounceDesk } from './bounces/recording.ts'
import { openCarrier } from './carrier.ts'
import { openDelivery, queuedIn } from './delivery.ts'
import { openLimits } from './limits.ts'
import { takeDue } from './queue.ts'
import { openSender, type SenderStats } from './sender.ts'
import type { MailSettings } from './settings.ts'
import { openWriter, type Writer } from './writing.ts'

export interface MailOptions {
  readonly config: {
    readonly mail: MailSettings
    readonly publicUrl: string | undefined
    readonly host: string
    readonly port: number
  }
  readonly desk: MailDesk
  readonly store: EventStore
  readonly models: ReadModels
  readonly links: Links
  readonly leases: Leases
  readonly progress: Progress
  readonly log: Logger
  readonly tracing?: Tracing
  readonly random?: () => number
}

export interface Mail {
  /** Whether mails stay here, because no server is configured. */
  readonly isLocal: boolean
  readonly writer: Writer
  /** Sends, whenever this node is the one that does, until the signal aborts; resolves when what is under way has come to its end. */
  run(signal: AbortSignal): Promise<void>
  stats(): SenderStats
  /** What reports of mails that came back are recorded with. */
  readonly bounces: BounceDesk
  /** All facts of a mail, from the log; none when there is no such mail. */
  storyOf(mailId: string): Promise<readonly RecordedEvent[]>
  /** How a mail was queued, with what it says; undefined when there is no such mail. */
  queuedOf(mailId: string): Promise<MailEvents['MailQueued'] | undefined>
}

/** Milliseconds that mails under way are given when the process is to end; what is broken off is sent again under the same Message-ID. */
const grace = 5_000

/** Resolves when the signal aborts. */
const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
  })

export function openMail(options: MailOptions): Mail {
  const { config, desk, store, models, links, leases, progress, log, tracing, random = Math.random } = options
  const { mail: settings, publicUrl, host, port } = config
  const baseUrl = (publicUrl ?? `http://${host}:${port}`).replace(/\/$/, '')
  const writer = openWriter({ models, commands: desk.commands, links, settings, baseUrl })
  const context = (correlationId: string): Context => ({ actor: 'system:mail', correlationId })
  const { smtpUrl } = settings
  const carrier = smtpUrl === undefined ? undefined : openCarrier({ settings, smtpUrl })

  const tell = async (reachable: boolean, detail: string): Promise<void> => {
    const alert = { kind: 'mail-unreachable', subject: 'smtp' } as const
    if (reachable) await resolveAlert(desk, alert, context('smtp'))
    else await raiseAlert(desk, { ...alert, detail }, context('smtp'))
  }

  const deliver = openDelivery({ desk, store, settings, writer, carrier, log, random, context, tracing })
  const limits = openLimits(settings, desk.now)
  const sender = openSender({
    store,
    progress,
    clock: { now: () => desk.now().getTime(), sleep: systemClock.sleep },
    random,
    concurrency: settings.connections * 2,
    begin: () => limits.recall(models),
    takeDue: () => takeDue({ models, limits, now: desk.now }),
    deliver,
    onReachable: (reachable, detail) =>
      void tell(reachable, detail).catch((error: unknown) =>
        log.warn({ err: error }, 'an alert could not be recorded'),
      ),
  })

  const storyOf = (mailId: string) => collect(store.readStream(streamOf(mailRules, mailId)))

  const queuedOf = async (mailId: string) => queuedIn(await storyOf(mailId))
  const bounces = { desk, queuedOf }

  /** The port for what comes back, while the process runs. */
  const takeBounces = async (signal: AbortSignal): Promise<void> => {
    if (settings.bouncePort === undefined) return
    const { startBounceServer } = await import('./bounces/server.ts')
    const server = await startBounceServer({ ...bounces, host, port: settings.bouncePort, links, log, context })
    await aborted(signal)
    await server.close()
  }

  return {
    isLocal: smtpUrl === undefined,
    writer,
    stats: sender.stats,
    storyOf,
    queuedOf,
    bounces,
    async run(signal) {
      void aborted(signal).then(() => setTimeout(() => carrier?.close(), grace).unref())
      const work = () => leases.whileHeld('mail', ({ signal: held }) => sender.run(held), signal)
      const retrying = { clock: systemClock, random, first: 500, longest: 15_000, signal, log }
      await Promise.all([
        persistently(work, { ...retrying, what: 'the sender of mail' }),
        persistently(() => takeBounces(signal), { ...retrying, what: 'the port for mails that come back' }),
      ])
      carrier?.close()
    },
  }
}
