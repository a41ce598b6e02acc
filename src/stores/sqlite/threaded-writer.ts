// The log written by a thread of its own: this thread makes appends ready, sends them on together, and hears what became of them.
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { UnavailableError } from '../../kernel/errors.ts'
import type { Ticket } from '../../kernel/event-store.ts'
import { part } from './log-layout.ts'
import { asking, conclude, type LogWriter, type LogWriterEvents, type Pending, refuse } from './log-writer.ts'
import {
  type AskedAppend,
  type FromWriter,
  heard,
  type ToWriter,
  unsound,
  type WriterSettings,
} from './writer-protocol.ts'

export type ThreadedWriterOptions = WriterSettings & LogWriterEvents

/** Megabytes: what it handles is gone with each group. */
const youngHeap = 8

/** While one message is being committed, the next is there already; more would only make smaller groups. */
const mostMessages = 2

/** Starts the thread. If it dies, so does the process: nobody knows what became of the appends that were on their way. */
export function threadedWriter({ path, patience, lookAround, ...events }: ThreadedWriterOptions): LogWriter {
  const worker = new Worker(new URL('writer-thread.ts', import.meta.url), {
    workerData: { path, patience, lookAround } satisfies WriterSettings,
    resourceLimits: { maxYoungGenerationSizeMb: youngHeap },
  })
  const tell = (message: ToWriter) => worker.postMessage(message)
  const pending = new Map<number, Pending>()
  /** The numbers of the tickets of what is pending. */
  const numbers = new Map<Ticket, number>()
  /** The numbers of those that are not sent yet. */
  let waiting: number[] = []
  let last = 0
  let known = 0
  /** The last number of each message that is not settled. */
  let underWay: readonly number[] = []
  let scheduled = false
  let closed = false
  // The process may end while nothing is on its way to the disk.
  worker.unref()

  /** What each rests on is looked up now: of what has been settled since it was asked, the thread may know nothing any more. */
  const asked = (number: number): readonly AskedAppend[] => {
    const one = pending.get(number)
    return one ? [{ number, after: one.after.flatMap(numberOf), append: one.append }] : []
  }

  const tellWaiting = () => {
    tell({ kind: 'append', appends: waiting.flatMap(asked), known })
    waiting = []
  }

  const send = () => {
    scheduled = false
    if (waiting.length === 0 || underWay.length === mostMessages) return
    tellWaiting()
    underWay = [...underWay, last]
  }
  const sendSoon = () => {
    if (scheduled) return
    scheduled = true
    setImmediate(send)
  }

  /** The number of an earlier append, nothing where it is durable, and `unsound` where it failed or never came here. */
  const numberOf = (ticket: Ticket): readonly number[] => {
    if (ticket.state === 'durable') return []
    return [ticket.state === 'failed' ? unsound : (numbers.get(ticket) ?? unsound)]
  }

  const settle = ({ verdicts: told, before, recordedAt }: Extract<FromWriter, { kind: 'settled' }>) => {
    const verdicts = told.flatMap(([number, verdict]) => {
      const asked = pending.get(number)
      known = number
      if (!asked) return []
      pending.delete(number)
      numbers.delete(asked.ticket)
      return [[asked, heard(verdict, part)] as const]
    })
    for (const [{ ticket }, verdict] of verdicts) ticket.state = 'refused' in verdict ? 'failed' : 'durable'
    conclude({ verdicts, before, recordedAt }, events)
    if (pending.size === 0 && !closed) worker.unref()
  }

  worker.on('message', (message: FromWriter) => {
    if (message.kind === 'foreign-commit') return events.onForeignCommit()
    settle(message)
    // Groups are not messages: one may settle a part of a message, or several.
    underWay = underWay.filter((number) => number > known)
    send()
  })
  worker.on('error', (cause) => {
    closed = true
    for (const { ticket, reject } of pending.values()) {
      ticket.state = 'failed'
      reject(new UnavailableError(part, { cause }))
    }
    pending.clear()
    numbers.clear()
    throw cause
  })

  return {
    append(...wanted) {
      if (closed) return refuse(wanted[2])
      return asking(wanted, (one) => {
        last += 1
        numbers.set(one.ticket, last)
        if (pending.size === 0) worker.ref()
        pending.set(last, one)
        waiting.push(last)
        sendSoon()
      })
    },

    async close() {
      if (closed) return
      closed = true
      if (waiting.length > 0) tellWaiting()
      worker.ref()
      const ended = once(worker, 'exit')
      tell({ kind: 'close' })
      await ended
    },
  }
}
