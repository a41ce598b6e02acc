// What the other parts of the system tell of themselves: counters and gauges that they keep anyway, and checks of the servers that they need.
import { connect } from 'node:net'
import { connect as connectSecurely } from 'node:tls'
import { alerts } from '../../projections/alerts.ts'
import { backups } from '../../projections/backups.ts'
import { loginFailures } from '../../projections/login-failures.ts'
import { mails } from '../../projections/mails.ts'
import { allLocations, dayOfSalesId, salesByDay } from '../../projections/sales-by-day.ts'
import { settings, settingsId } from '../../projections/settings.ts'
import { stockLevels } from '../../projections/stock-levels.ts'
import type { Cloudinary } from '../cloudinary.ts'
import { localTime } from '../domain/calendar.ts'
import type { FileStore } from '../files/index.ts'
import type { EventStore } from '../kernel/event-store.ts'
import type { KeyValueStore } from '../kernel/key-value.ts'
import type { ReadModels } from '../kernel/read-models.ts'
import { parkedEvents } from '../subscribers/parked-events.ts'
import type { Check } from './health/health.ts'
import type { Meter } from './sampling.ts'

export interface Parts {
  readonly store: EventStore
  readonly models: ReadModels
  readonly keyValue: KeyValueStore
  readonly now: () => Date
  readonly push: { stats(): { readonly listeners: number; readonly sockets: number; readonly position: bigint } }
  readonly mail: { stats(): { readonly delivered: Readonly<Partial<Record<string, number>>> } }
  /** Where the read models are on a server. */
  readonly connections?: () => { readonly open: number }
  /** Where the log is on a server. */
  readonly eventStoreStats?: () => {
    readonly callsUnderWay: number
    readonly subscriptions: number
    readonly callsRepeated: number
    readonly resubscribed: number
  }
}

/** Meters that are read from the read models are asked for no more often than this, in milliseconds. */
const readEvery = 30_000

/** A meter that tells again what it read a moment ago. */
function sparing(
  name: string,
  now: () => Date,
  read: () => Promise<NonNullable<Awaited<ReturnType<Meter['read']>>>>,
): Meter {
  let until = 0
  let last: ReturnType<typeof read> | undefined
  return {
    name,
    read() {
      const at = now().getTime()
      if (last && at < until) return last
      until = at + readEvery
      last = read()
      last.catch(() => {
        last = undefined
      })
      return last
    },
  }
}

export function metersOf({
  store,
  models,
  keyValue,
  now,
  push,
  mail,
  connections,
  eventStoreStats,
}: Parts): readonly Meter[] {
  const readPush: Meter = {
    name: 'push',
    async read() {
      const { listeners, sockets, position } = push.stats()
      const head = await store.head()
      // Without listeners it follows nothing.
      const lag = listeners > 0 && head > position ? Number(head - position) : 0
      return {
        gauges: { 'caminho.push.listeners': listeners, 'caminho.push.sockets': sockets, 'caminho.push.lag': lag },
      }
    },
  }
  const readMail: Meter = {
    name: 'mail',
    async read() {
      const { sent = 0, failed = 0, bounced = 0 } = mail.stats().delivered
      return { counters: { 'caminho.mail.sent': sent, 'caminho.mail.failed': failed + bounced } }
    },
  }
  const readBusiness = sparing('business', now, async () => {
    const company = (await models.get(settings, settingsId))?.document
    const { day } = localTime(now().toISOString(), company?.timeZone ?? 'Africa/Maputo')
    const today = (await models.get(salesByDay, dayOfSalesId(day, allLocations)))?.document
    return {
      gauges: {
        'caminho.sales.today': today?.sales ?? 0,
        'caminho.revenue.today': today?.revenue ?? 0,
        'caminho.stock.low': await models.count(stockLevels, { where: { low: true } }),
      },
    }
  })
  const readTroubles = sparing('troubles', now, async () => {
    const [waiting, open, parked] = await Promise.all([
      models.count(mails, { where: { state: 'waiting' } }),
      models.count(alerts, { where: { status: 'open' } }),
      parkedEvents(keyValue).all(),
    ])
    return {
      gauges: { 'caminho.mail.waiting': waiting, 'caminho.alerts.open': open, 'caminho.reactor.parked': parked.length },
    }
  })
  // A system that has never been backed up has been late since it was set up.
  const readBackups = sparing('backups', now, async () => {
    const sort = { by: 'createdAt', direction: 'descending' } as const
    const latest = await models.find(backups, { sort, limit: 20 })
    const company = (await models.get(settings, settingsId))?.document
    const verified = latest.items.find(({ document }) => document.status === 'verified')
    const since = verified?.document.finishedAt ?? company?.setUpAt
    return since === undefined
      ? {}
      : { gauges: { 'caminho.backup.age': (now().getTime() - Date.parse(since)) / 1_000 } }
  })
  const readConnections = (open: NonNullable<Parts['connections']>): Meter => ({
    name: 'connections',
    read: async () => ({ gauges: { 'db.client.connection.count': open().open } }),
  })
  const readEventStore = (stats: NonNullable<Parts['eventStoreStats']>): Meter => ({
    name: 'event store',
    async read() {
      const { callsUnderWay, subscriptions, callsRepeated, resubscribed } = stats()
      return {
        gauges: { 'caminho.eventstore.calls': callsUnderWay, 'caminho.eventstore.subscriptions': subscriptions },
        counters: {
          'caminho.eventstore.calls.repeated': callsRepeated,
          'caminho.eventstore.resubscribed': resubscribed,
        },
      }
    },
  })
  return [
    readPush,
    readMail,
    readBusiness,
    readTroubles,
    readBackups,
    readLogins(models, now),
    ...(connections ? [readConnections(connections)] : []),
    ...(eventStoreStats ? [readEventStore(eventStoreStats)] : []),
  ]
}

const lately = 10 * 60_000

/** Failed logins of the last ten minutes: how much the day's count has grown since. */
function readLogins(models: ReadModels, now: () => Date): Meter {
  const counts: { readonly at: number; readonly day: string; readonly failures: number }[] = []
  return sparing('logins', now, async () => {
    const day = now().toISOString().slice(0, 10)
    const failures = (await models.get(loginFailures, day))?.document.failures ?? 0
    const at = now().getTime()
    counts.push({ at, day, failures })
    while (counts[0] && (counts[0].at < at - lately || counts[0].day !== day)) counts.shift()
    return { gauges: { 'caminho.logins.failed': failures - (counts[0]?.failures ?? failures) } }
  })
}

/** The mail server greets whoever connects (RFC 5321, 3.1). */
const greets = (url: URL, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const secure = url.protocol === 'smtps:'
    const address = { host: url.hostname, port: Number(url.port || (secure ? 465 : 25)) }
    const socket = secure ? connectSecurely({ ...address, servername: url.hostname }) : connect(address)
    const end = (error?: Error) => {
      socket.destroy()
      if (error) reject(error)
      else resolve()
    }
    signal.addEventListener('abort', () => end(new Error('no greeting in time')), { once: true })
    socket.once('error', end)
    socket.once('data', (greeting: Buffer) => {
      const text = greeting.toString('latin1').trim()
      if (!text.startsWith('220')) return end(new Error(`the server refuses: ${text.slice(0, 200)}`))
      socket.write('QUIT\r\n')
      end()
    })
  })

export interface Servers {
  readonly smtpUrl: string | undefined
  /** Files that are kept elsewhere than beside the log. */
  readonly files: Pick<FileStore, 'stat'> | undefined
  readonly cloudinary: Pick<Cloudinary, 'read'> | undefined
}

/** A file that need not be there: whoever can say so, answers. */
const probe = 'health'

/** The checks of the servers that are configured: how long each takes to answer. */
export function checksOf({ smtpUrl, files, cloudinary }: Servers): readonly Check[] {
  const answering = (name: string, ask: (signal: AbortSignal) => Promise<unknown>): Check => ({
    name,
    componentType: 'component',
    async observe(signal) {
      const begun = performance.now()
      await ask(signal)
      const milliseconds = Math.round((performance.now() - begun) * 10) / 10
      return [{ status: 'pass', observedValue: milliseconds, observedUnit: 'ms' }]
    },
  })
  return [
    ...(smtpUrl === undefined ? [] : [answering('smtp', (signal) => greets(new URL(smtpUrl), signal))]),
    ...(files ? [answering('file-store', () => files.stat(probe))] : []),
    ...(cloudinary ? [answering('cloudinary', () => cloudinary.read(probe))] : []),
  ]
}
