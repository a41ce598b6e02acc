// Following KurrentDB: history is read in pages, then one live subscription tells what happens, until it breaks or falls behind.
import { UnavailableError } from '../../kernel/errors.ts'
import type { SubscribeOptions, SubscriptionMessage } from '../../kernel/event-store.ts'
import type { Connection } from './connection.ts'
import { LiveFeed } from './live-feed.ts'
import type { Reading } from './reading.ts'

const pageOfEvents = 1_000
/** So many events without a pause are quicker read as history than sent one by one. */
const burst = 2_000

/** What the store tells its operator; pino's loggers answer it. */
export interface StoreLog {
  info(details: object, message: string): void
  warn(details: object, message: string): void
}

type Messages = AsyncGenerator<SubscriptionMessage>

/** Subscribes through a connection; an outage is logged once, when it begins, and once when it is over. */
export function subscribing(connection: Connection, reading: Reading, log: StoreLog) {
  return async function* subscribe({ after, filter, pageSize = pageOfEvents, signal }: SubscribeOptions): Messages {
    const ended = AbortSignal.any([signal, connection.closing])
    /** Up to here all has been handed over: the only place from which anything is ever asked for. */
    let handedOver = after
    let told: bigint | undefined
    let failures = 0

    const { stats } = connection
    const goesOn = () => {
      if (failures > 0) stats.resubscribed += 1
      if (failures > 0) log.info({ failures }, 'the subscription to the event store goes on')
      failures = 0
    }

    async function* history(): Messages {
      // The head comes first: what the filter leaves out up to it has been seen once the reading has come to its end.
      const head = await reading.head(ended)
      for await (const events of reading.readAll({
        after: handedOver,
        ...(filter && { filter }),
        pageSize,
        signal: ended,
      })) {
        handedOver = events.at(-1)?.position ?? handedOver
        yield { kind: 'events', events, position: handedOver }
        if (ended.aborted) return
      }
      if (head > handedOver) handedOver = head
      yield* caughtUp()
    }

    async function* live(feed: LiveFeed): Messages {
      for (let unpaused = 0; unpaused < burst; ) {
        const { events, position, wentLive } = await feed.take(pageSize, ended)
        if (ended.aborted) return
        goesOn()
        handedOver = position
        unpaused = feed.isEmpty ? 0 : unpaused + events.length
        if (events.length > 0) yield { kind: 'events', events, position }
        if (ended.aborted) return
        if (wentLive) {
          // Of what the filter left out of the last stretch, the server has not told how far it reaches.
          yield* history()
          feed.skipTo(handedOver)
        } else if (feed.isEmpty) yield* caughtUp()
        if (ended.aborted) return
      }
    }

    function* caughtUp(): Generator<SubscriptionMessage> {
      if (handedOver === told) return
      told = handedOver
      yield { kind: 'caught-up', position: handedOver }
    }

    async function* messages(): Messages {
      while (!ended.aborted) {
        let client = connection.calls.client()
        try {
          yield* history()
          if (ended.aborted) return
          client = connection.calls.client()
          const feed = new LiveFeed(client, handedOver, filter)
          try {
            yield* live(feed)
          } finally {
            feed.close()
          }
        } catch (error) {
          if (ended.aborted) return
          if (!(error instanceof UnavailableError) && connection.calls.learn(error, client) === 'answer') throw error
          failures += 1
          if (failures === 1)
            log.warn({ err: error }, 'the subscription to the event store is broken and will be made again')
          await connection.pause(failures, signal)
        }
      }
    }

    stats.subscriptions += 1
    try {
      yield* messages()
    } finally {
      stats.subscriptions -= 1
    }
  }
}
