// The way to KurrentDB: a deadline for each call, calls made again when no answer came, and clients replaced when they are of no more use.
import { setTimeout as wait } from 'node:timers/promises'
import { KurrentDBClient } from '@kurrent/kurrentdb-client'
import { type Delays, delayAfter } from '../../kernel/backoff.ts'
import { UnavailableError } from '../../kernel/errors.ts'
import { DeadlineError, type Failure, failureOf } from './failures.ts'

/** What UnavailableErrors call this store. */
export const part = 'the event store'

export interface ConnectionOptions {
  /** `kurrentdb://host:port?tls=…` or `kurrentdb+discover://…`: https://docs.kurrent.io/clients/node/latest/getting-started.html */
  readonly url: string
  /** Milliseconds that one call may take. */
  readonly deadline: number
  /** Milliseconds for which a call that gets no answer is made again. */
  readonly patience: number
  readonly random: () => number
}

/** How the server is used at the moment, and what had to be done again since the start. */
export interface ConnectionStats {
  readonly callsUnderWay: number
  readonly subscriptions: number
  /** Calls that were made again, because no answer came. */
  readonly callsRepeated: number
  /** Subscriptions that were made anew, because they broke. */
  readonly resubscribed: number
}

interface Asking {
  /** Milliseconds that one call may take, where it is not what is usual. */
  readonly deadline?: number
  /** Milliseconds beyond that, for what is large. */
  readonly longer?: number
  /** Gives up at once when it aborts. */
  readonly signal?: AbortSignal
}

/** One client at a time, and a new one when it is of no more use. */
export interface Line {
  /** The client of now. */
  client(): KurrentDBClient
  /**
   * Calls until there is an answer. `doubtful`: an earlier try may have reached the server, so what it asked for may be done.
   * @throws UnavailableError when patience is over; what the call throws, when that is the server's answer
   */
  ask<Answer>(call: (client: KurrentDBClient, doubtful: boolean) => Promise<Answer>, asking?: Asking): Promise<Answer>
  /** Learns from a call that failed: after some, the next one gets a new client. What the failure means. */
  learn(error: unknown, client: KurrentDBClient): Failure
}

export interface Connection {
  /** Kept by whoever calls and subscribes. */
  readonly stats: { -readonly [K in keyof ConnectionStats]: number }
  /** For reads, which the native part of the client does. */
  readonly reads: Line
  /** For appends and subscriptions, which the JavaScript part does. */
  readonly calls: Line
  /** Before trying again, after so many failures. Ends early when the connection closes. */
  pause(failures: number, signal?: AbortSignal): Promise<void>
  /** Aborted when the connection begins to close: nothing is begun any more. */
  readonly closing: AbortSignal
  /** Ends what waits and, once `underWay` has settled, lets go of the sockets. */
  close(underWay: Promise<unknown>): Promise<void>
}

/**
 * Milliseconds. The server is told by when it has to answer a call, by our clock, and compares it with its own: so much may they differ. Our own
 * deadline is shorter.
 */
export const longestCall = 60_000

/** Connects when the first call is made. @throws Error when the URL is not one of KurrentDB's */
export function connectTo({ url, deadline, patience, random }: ConnectionOptions): Connection {
  const closing = new AbortController()
  const stats = { callsUnderWay: 0, subscriptions: 0, callsRepeated: 0, resubscribed: 0 }
  const delays: Delays = { random, first: 50, longest: 2_000 }

  const pause = async (failures: number, signal?: AbortSignal) => {
    const either = signal ? AbortSignal.any([signal, closing.signal]) : closing.signal
    await wait(delayAfter(failures, delays), undefined, { signal: either }).catch(() => undefined)
  }

  const line = (
    clientDeadline: number,
    isOfNoUseAfter: (failure: Failure) => boolean,
    letGo: (client: KurrentDBClient) => Promise<void>,
  ): Line & { close(): Promise<void> } => {
    const full = withDefaults(url, clientDeadline)
    let client = KurrentDBClient.connectionString(full)

    const learn = (error: unknown, failed: KurrentDBClient): Failure => {
      const failure = failureOf(error)
      if (isOfNoUseAfter(failure) && failed === client && !closing.signal.aborted) {
        client = KurrentDBClient.connectionString(full)
        void letGo(failed)
      }
      return failure
    }

    return {
      client: () => client,
      learn,
      close: () => letGo(client),
      async ask(call, { deadline: ownDeadline = deadline, longer = 0, signal } = {}) {
        const giveUpAt = performance.now() + patience + longer
        for (let failures = 1, doubtful = false; ; failures += 1) {
          if (closing.signal.aborted) throw new UnavailableError(`${part} (closed)`)
          const asked = client
          stats.callsUnderWay += 1
          if (failures > 1) stats.callsRepeated += 1
          try {
            return await inTime(call(asked, doubtful), ownDeadline + longer, signal)
          } catch (error) {
            if (signal?.aborted) throw error
            const failure = learn(error, asked)
            if (failure === 'answer') throw error
            if (failure === 'barred') throw new UnavailableError(`${part} (it refuses to serve)`, { cause: error })
            doubtful ||= failure === 'unknown'
            if (closing.signal.aborted || performance.now() > giveUpAt)
              throw new UnavailableError(part, { cause: error })
          } finally {
            stats.callsUnderWay -= 1
          }
          await pause(failures, signal)
        }
      },
    }
  }

  // The native part gives up for good when it cannot connect at first; it ends with the last mention of it.
  const reads = line(
    deadline,
    (failure) => failure !== 'answer',
    async () => undefined,
  )
  // The other part connects again, but not to another leader by itself.
  const calls = line(longestCall, (failure) => failure === 'elsewhere', disconnect)
  return {
    stats,
    reads,
    calls,
    pause,
    closing: closing.signal,

    async close(underWay) {
      closing.abort()
      await underWay
      await Promise.all([reads.close(), calls.close()])
    },
  }
}

/**
 * What the client keeps to where the URL does not say otherwise: its own deadline, for what takes none of each call's; and the wait before the
 * native part of it connects, which is half a second by default.
 */
function withDefaults(url: string, deadline: number): string {
  const defaults = { defaultDeadline: deadline, discoveryInterval: 50 }
  const missing = Object.entries(defaults).filter(([name]) => !new RegExp(`[?&]${name}=`, 'i').test(url))
  return missing.reduce((text, [name, value]) => `${text}${text.includes('?') ? '&' : '?'}${name}=${value}`, url)
}

/** What comes of the promise, unless the time is over or the signal aborts before that. */
async function inTime<Value>(promise: Promise<Value>, milliseconds: number, signal?: AbortSignal) {
  let tooLate: (() => void) | undefined
  const over = new Promise<never>((_, reject) => {
    const timer = setTimeout(() => reject(new DeadlineError(milliseconds)), milliseconds)
    const abort = () => reject(signal?.reason)
    tooLate = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', abort)
    }
    if (signal?.aborted) abort()
    else signal?.addEventListener('abort', abort, { once: true })
  })
  try {
    return await Promise.race([promise, over])
  } finally {
    tooLate?.()
  }
}

/** The client ends its streams but keeps its channel, and shows no way to close it. */
async function disconnect(client: KurrentDBClient): Promise<void> {
  await client.dispose()
  const getChannel: unknown = Reflect.get(client, 'getChannel')
  const channel: unknown = typeof getChannel === 'function' ? await getChannel().catch(() => undefined) : undefined
  const close: unknown = typeof channel === 'object' && channel !== null ? Reflect.get(channel, 'close') : undefined
  if (typeof close === 'function') close.call(channel)
}
