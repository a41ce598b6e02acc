// One live subscription to KurrentDB: what the server sends, in order, its checkpoints among the events, until it breaks.
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { AllStreamResolvedEvent, KurrentDBClient, Position } from '@kurrent/kurrentdb-client'
import type { RecordedEvent } from '../../kernel/event.ts'
import { type EventFilter, passes } from '../../kernel/event-store.ts'
import { Bell } from '../bell.ts'
import { recorded } from './recorded.ts'
import { serverFilter } from './server-filter.ts'

/** Events that are held at the most while nobody takes them; then the server is made to wait. */
const roomForEvents = 1_000

/** Up to here, and with the event that is here, the server has looked through the log. */
interface Mark {
  readonly mark: bigint
}

export interface Batch {
  readonly events: readonly RecordedEvent[]
  /** Up to here all has been given that passes the filter. */
  readonly position: bigint
  /** The server has come to the end of the log, and begins or goes on to send what happens. */
  readonly wentLive: boolean
}

export class LiveFeed {
  readonly #subscription: ReturnType<KurrentDBClient['subscribeToAll']>
  readonly #filter: EventFilter | undefined
  readonly #bell = new Bell()
  #position: bigint
  #wentLive = false
  #broken: unknown

  /** Begins after a position. */
  constructor(client: KurrentDBClient, after: bigint, filter: EventFilter | undefined) {
    this.#position = after
    this.#filter = filter
    const checkpointReached = (_: unknown, { commit, prepare }: Position) => {
      // While the server catches up, its checkpoints lie before the next event, which they do not include: nothing can be told by them.
      if (commit !== prepare) return
      // They go through the same queue as the events, so that none overtakes what it speaks of.
      this.#subscription.push({ mark: commit } satisfies Mark)
    }
    this.#subscription = client.subscribeToAll(
      {
        ...(after >= 0n && { fromPosition: { commit: after, prepare: after } }),
        requiresLeader: true,
        filter: serverFilter(filter, {
          // After every event that was looked at: read models wait for the position of the last one, whether it is for them or not.
          maxSearchWindow: 1,
          checkpointInterval: 1,
          checkpointReached,
        }),
      },
      { highWaterMark: roomForEvents },
    )
    const breakOff = (cause: unknown) => {
      this.#broken ??= cause
      this.#bell.ring()
    }
    this.#subscription
      .on('caughtUp', () => {
        this.#wentLive = true
        this.#bell.ring()
      })
      .on('readable', () => this.#bell.ring())
      .on('error', breakOff)
      .on('end', () => breakOff(new Error('the server has ended the subscription')))
      .on('close', () => breakOff(new Error('the subscription is closed')))
  }

  /** What has come since the last time, at most `size` events; waits until something has, or the signal aborts. @throws what broke it */
  async take(size: number, signal: AbortSignal): Promise<Batch> {
    const events: RecordedEvent[] = []
    const before = this.#position
    for (;;) {
      const heard = this.#bell.rings
      this.#drain(events, size)
      if (this.#position > before || this.#wentLive || signal.aborted) break
      if (this.#broken) throw this.#broken
      await this.#bell.wait(heard, signal)
    }
    // What arrives together is given together.
    if (events.length < size && !signal.aborted) await nextTurn()
    this.#drain(events, size)
    const wentLive = this.#wentLive
    this.#wentLive = false
    return { events, position: this.#position, wentLive }
  }

  /** Leaves out what has been got elsewhere. */
  skipTo(position: bigint): void {
    if (position > this.#position) this.#position = position
  }

  /** Whether all that has come was taken. */
  get isEmpty(): boolean {
    return this.#subscription.readableLength === 0
  }

  /** Ends it; what it still holds is discarded. */
  close(): void {
    // Whatever comes of it now is of no interest any more.
    this.#subscription.unsubscribe().catch(() => undefined)
    this.#subscription.destroy()
  }

  #drain(events: RecordedEvent[], size: number): void {
    while (events.length < size) {
      const item: AllStreamResolvedEvent | Mark | null = this.#subscription.read()
      if (item === null) return
      const position = 'mark' in item ? item.mark : item.event?.position?.commit
      if (position === undefined || position <= this.#position) continue
      this.#position = position
      const event = 'mark' in item ? undefined : recorded(item)
      if (event && passes(this.#filter, event)) events.push(event)
    }
  }
}
