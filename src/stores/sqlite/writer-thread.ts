// The thread that writes the log, so that nobody who is served waits for the disk. threaded-writer.ts starts it.
import { parentPort, workerData } from 'node:worker_threads'
import type { Ticket } from '../../kernel/event-store.ts'
import { foreignCommits, openDatabase } from './database.ts'
import { groupCommit } from './group-commit.ts'
import type { Waiting } from './judging.ts'
import { part } from './log-layout.ts'
import { type FromWriter, type ToWriter, told, unsound, type WriterSettings } from './writer-protocol.ts'

if (!parentPort) throw new Error('writer-thread.ts runs as a worker thread')
const port = parentPort
const tell = (message: FromWriter) => port.postMessage(message)
// Set by threaded-writer.ts alone. No schema: this thread is kept small.
const { path, patience, lookAround }: WriterSettings = workerData

const db = openDatabase(part, { path, durability: 'full', cache: 8, busyTimeout: patience })
const haveOthersWritten = foreignCommits(db)

/** The appends whose outcome the other thread may not know yet. */
const tickets = new Map<number, Ticket>()
const failed: Ticket = { state: 'failed' }

const commits = groupCommit<Waiting & { readonly number: number }>({
  db,
  patience,
  clock: () => new Date(),
  foreignCommits: haveOthersWritten,
  onForeignCommit: () => tell({ kind: 'foreign-commit' }),
  onSettled: ({ verdicts, before, recordedAt }) =>
    tell({
      kind: 'settled',
      verdicts: verdicts.map(([{ number }, verdict]) => [number, told(verdict)]),
      before,
      recordedAt,
    }),
})

const lookout = setInterval(() => {
  if (!haveOthersWritten()) return
  commits.forget()
  tell({ kind: 'foreign-commit' })
}, lookAround)

port.on('message', (message: ToWriter) => {
  if (message.kind === 'append') {
    for (const number of tickets.keys())
      if (number <= message.known) tickets.delete(number)
      else break
    for (const { number, after, append } of message.appends) {
      const ticket: Ticket = { state: 'pending' }
      tickets.set(number, ticket)
      const rests = after.map((earlier) => (earlier === unsound ? failed : (tickets.get(earlier) ?? failed)))
      commits.add({ number, append, ticket, after: rests })
    }
  }
  if (message.kind === 'close') {
    clearInterval(lookout)
    commits.flush()
    db.close()
    port.close()
  }
})
