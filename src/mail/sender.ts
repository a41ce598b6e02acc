// The sender: wakes when the log says that a mail was queued, or when one is due, and delivers what it finds. One node at a time does this.

import { delayAfter } from '../kernel/backoff.ts'
import type { EventStore } from '../kernel/event-store.ts'
import type { Progress } from '../progress.ts'
import type { Clock } from '../subscribers/clock.ts'
import type { Delivered } from './delivery.ts'
import type { Due } from './queue.ts'

export interface SenderOptions {
  readonly store: EventStore
  readonly progress: Progress
  readonly clock: Clock
  readonly random: () => number
  /** Mails under way at once. */
  readonly concurrency: number
  /** Called when this node begins to send, once the read models show whatever another has sent before. */
  readonly begin: () => Promise<void>
  readonly takeDue: () => Promise<Due>
  readonly deliver: (mailId: string) => Promise<Delivered>
  /** The server can (true) or cannot (false) be had; told when that changes. */
  readonly onReachable?: (reachable: boolean, detail: string) => void
}

export interface SenderStats {
  /** Since this process began. */
  readonly delivered: Readonly<Partial<Record<Delivered['verdict'], number>>>
  readonly reachable: boolean
}

export interface Sender {
  /** Sends until the signal aborts; what is under way is brought to its end. @throws what the stores throw */
  run(signal: AbortSignal): Promise<void>
  stats(): SenderStats
}

/** Milliseconds before a server that could not be had is tried again. */
const pause = { first: 5_000, longest: 300_000 }
/** Milliseconds after which the queue is looked at even if nothing has called for it. */
const longestSleep = 60_000
/** So many mails put off in a row say something about the server after all. */
const mostPutOff = 5

/** Resolves when rung, or when the time is over or the signal aborts; a ring before the wait is not lost. */
function bell() {
  let rung = false
  let wake: () => void = () => undefined
  return {
    ring() {
      rung = true
      wake()
    },
    async wait(clock: Clock, milliseconds: number, signal: AbortSignal): Promise<void> {
      if (!rung) {
        const woken = new AbortController()
        wake = () => woken.abort()
        await clock.sleep(milliseconds, AbortSignal.any([signal, woken.signal]))
      }
      rung = false
    },
  }
}

/** Waits for all of them, also when one fails: what is under way must not be begun anew beside itself. @throws what the first threw */
async function all(parts: readonly Promise<void>[]): Promise<void> {
  for (const settled of await Promise.allSettled(parts)) if (settled.status === 'rejected') throw settled.reason
}

export function openSender(options: SenderOptions): Sender {
  const {
    store,
    progress,
    clock,
    random,
    concurrency,
    begin,
    takeDue,
    deliver,
    onReachable = () => undefined,
  } = options
  const delivered: Partial<Record<Delivered['verdict'], number>> = {}
  const called = bell()
  /** Up to here the read model must have come, before it can be asked what waits. */
  let wanted = 0n
  let failures = 0
  let putOff = 0
  /** Undefined before the first answer: what an earlier process has told is not known. */
  let reachable: boolean | undefined

  const tell = (isReachable: boolean, detail: string): void => {
    if (reachable === isReachable) return
    reachable = isReachable
    onReachable(isReachable, detail)
  }

  const judge = ({ verdict, position, code = '' }: Delivered): void => {
    delivered[verdict] = (delivered[verdict] ?? 0) + 1
    if (position !== undefined && position > wanted) wanted = position
    if (verdict === 'later') putOff += 1
    else if (verdict !== 'idle' && verdict !== 'unreachable') putOff = 0
    if (verdict === 'unreachable' || putOff >= mostPutOff) {
      putOff = 0
      failures += 1
      tell(false, code)
    } else if (verdict === 'sent') {
      failures = 0
      tell(true, code)
    }
  }

  const deliverAll = async ({ mails }: Due, signal: AbortSignal): Promise<void> => {
    const waiting = mails.values()
    const before = failures
    const worker = async () => {
      for (const { mailId } of waiting) {
        if (signal.aborted || failures > before) return
        judge(await deliver(mailId))
      }
    }
    await all(Array.from({ length: concurrency }, worker))
  }

  const listen = async (signal: AbortSignal): Promise<void> => {
    const filter = { types: ['MailQueued', 'MailRetried'] }
    for await (const message of store.subscribe({ after: await store.head(), filter, signal })) {
      if (message.position > wanted) wanted = message.position
      if (message.kind === 'events') called.ring()
    }
  }

  const send = async (signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) if (await progress.waitFor(wanted, 1_000)) break
    await begin()
    while (!signal.aborted) {
      if (!(await progress.waitFor(wanted, 1_000))) continue
      const before = failures
      const due = await takeDue()
      await deliverAll(due, signal)
      if (failures > before) await clock.sleep(delayAfter(failures, { ...pause, random }), signal)
      else if (due.mails.length === 0) {
        const until = due.again ? due.again.getTime() - clock.now() : longestSleep
        await called.wait(clock, Math.min(Math.max(until, 0), longestSleep), signal)
      }
    }
  }

  return {
    async run(signal) {
      const ending = new AbortController()
      const both = AbortSignal.any([signal, ending.signal])
      wanted = await store.head()
      const ends = (part: Promise<void>) => part.finally(() => ending.abort())
      await all([ends(listen(both)), ends(send(both))])
    },
    stats: () => ({ delivered: { ...delivered }, reachable: reachable !== false }),
  }
}
