// The way to KurrentDB: one client at a time, a deadline for each call, and calls made again when no answer came.
import { setTimeout as wait } from 'node:timers/promises'
import { KurrentDBClient } from '@kurrent/kurrentdb-client'
import { type Delays, delayAfter } from '../../kernel/backoff.ts'
import { UnavailableError } from '../../kernel/errors.ts'
import { DeadlineError, failureOf } from './failures.ts'

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

interface Asking {
  /** Milliseconds that one call may take, where it is not what is usual. */
  readonly deadline?: number
  /** Gives up at once when it aborts. */
  readonly signal?: AbortSignal
}

export interface Connection {
  /** The client of now: it may be another after a change of leader. */
  client(): KurrentDBClient
  /**
   * Calls until there is an answer. `doubtful`: an earlier try may have reached the server, so what it asked for may be done.
   * @throws UnavailableError when patience is over; what the call throws, when that is the server's answer
   */
  ask<Answer>(call: (client: KurrentDBClient, doubtful: boolean) => Promise<Answer>, asking?: Asking): Promise<Answer>
  /** Learns from a failed call: one that was refused elsewhere asks for a new client. Whether to try again. */
  learn(error: unknown, client: KurrentDBClient): boolean
  /** Before trying again, after so many failures. Ends early when the connection closes. */
  pause(failures: number, signal?: AbortSignal): Promise<void>
  /** Aborted when the connection begins to close: nothing is begun any more. */
  readonly closing: AbortSignal
  /** Ends what waits and, once `underWay` has settled, lets go of all sockets. */
  close(underWay: Promise<unknown>): Promise<void>
}

/** Connects when the first call is made. @throws Error when the URL is not one of KurrentDB's */
export function connectTo({ url, deadline, patience, random }: ConnectionOptions): Connection {
  const closing = new AbortController()
  const delays: Delays = { random, first: 50, longest: 2_000 }
  const connect = () => KurrentDBClient.connectionString(withDefaults(url, deadline))
  let client = connect()

  const learn = (error: unknown, failed: KurrentDBClient): boolean => {
    const failure = failureOf(error)
    if (failure === 'elsewhere' && failed === client && !closing.signal.aborted) {
      client = connect()
      void disconnect(failed)
    }
    return failure !== 'answer'
  }

  const pause = async (failures: number, signal?: AbortSignal) => {
    const either = signal ? AbortSignal.any([signal, closing.signal]) : closing.signal
    await wait(delayAfter(failures, delays), undefined, { signal: either }).catch(() => undefined)
  }

  return {
    client: () => client,
    learn,
    pause,
    closing: closing.signal,

    async ask(call, { deadline: ownDeadline = deadline, signal } = {}) {
      const giveUpAt = performance.now() + patience
      for (let failures = 1, doubtful = false; ; failures += 1) {
        if (closing.signal.aborted) throw new UnavailableError(`${part} (closed)`)
        const asked = client
        try {
          return await inTime(call(asked, doubtful), ownDeadline, signal)
        } catch (error) {
          if (signal?.aborted || !learn(error, asked)) throw error
          doubtful ||= failureOf(error) === 'unknown'
          if (closing.signal.aborted || performance.now() > giveUpAt) throw new UnavailableError(part, { cause: error })
        }
        await pause(failures, signal)
      }
    },

    async close(underWay) {
      closing.abort()
      await underWay
      await disconnect(client)
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
export async function inTime<Value>(promise: Promise<Value>, milliseconds: number, signal?: AbortSignal) {
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
