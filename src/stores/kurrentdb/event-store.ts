// The event store on KurrentDB: the port over one connection. What the server does, and what that asks of us, is in docs/adr/0016-kurrentdb.md.
import type { EventStore } from '../../kernel/event-store.ts'
import { prefixed } from '../prefixed.ts'
import { appending } from './appending.ts'
import { type ConnectionStats, connectTo } from './connection.ts'
import { reading } from './reading.ts'
import { type StoreLog, subscribing } from './subscribing.ts'

export interface KurrentEventStoreOptions {
  /** `kurrentdb://host:port?tls=…`, or `kurrentdb+discover://…` for a cluster. */
  readonly url: string
  /** What the names of the streams begin with on the server, where several installations share one. */
  readonly prefix?: string
  /** Gives the time at which events are recorded. */
  readonly clock?: () => Date
  /** Told when subscriptions are interrupted and when they go on. */
  readonly log?: StoreLog
  /** Milliseconds that one call may take; default 5,000. */
  readonly deadline?: number
  /** Milliseconds for which what gets no answer is tried again before it is unavailable; default 5,000. */
  readonly patience?: number
  /** Evenly distributed from 0 to 1: spreads the retries of many nodes. */
  readonly random?: () => number
}

export interface KurrentEventStore extends EventStore {
  stats(): ConnectionStats
}

const silent: StoreLog = { info: () => undefined, warn: () => undefined }

/**
 * Opens the event store on a KurrentDB server or cluster (25.1 or newer). Nothing is sent before the first call, so it opens also while the
 * server is away. @throws Error when the URL is not one of KurrentDB's
 */
export function openKurrentEventStore({
  url,
  prefix = '',
  clock = () => new Date(),
  log = silent,
  deadline = 5_000,
  patience = 5_000,
  random = Math.random,
}: KurrentEventStoreOptions): KurrentEventStore {
  const connection = connectTo({ url, deadline, patience, random })
  const readings = reading(connection)
  const { readStream, readAll, head } = readings
  const { append, settled } = appending({ connection, reading: readings, clock })
  const store: EventStore = {
    append,
    readStream,
    readAll,
    subscribe: subscribing(connection, readings, log),
    head: () => head(),
    close: () => connection.close(settled()),
  }
  return { ...(prefix === '' ? store : prefixed(store, prefix)), stats: () => ({ ...connection.stats }) }
}
