// Appending to KurrentDB: one request an append, many under way; made again when the answer is lost, and then recognised by its ids.
import {
  ANY,
  type AppendStreamState,
  type KurrentDBClient,
  NO_STREAM,
  STREAM_EXISTS,
  WrongExpectedVersionError,
} from '@kurrent/kurrentdb-client'
import { ConflictError, UnavailableError } from '../../kernel/errors.ts'
import type { Metadata, NewEvent } from '../../kernel/event.ts'
import {
  type Appended,
  type AppendOptions,
  type ExpectedRevision,
  mistakeIn,
  START,
  type StreamWrite,
  type Ticket,
} from '../../kernel/event-store.ts'
import { type Connection, longestCall, part } from './connection.ts'
import type { Reading } from './reading.ts'
import { RecentAppends } from './recent-appends.ts'
import { recognise } from './recognising.ts'
import { proposed } from './recorded.ts'

export interface Appending {
  append(writes: readonly StreamWrite[], metadata: Metadata, options?: AppendOptions): Promise<Appended>
  /** Resolves when what is under way now has its outcome. */
  settled(): Promise<unknown>
}

interface AppendingOptions {
  readonly connection: Connection
  /** Finds what was written when the answer is lost. */
  readonly reading: Reading
  readonly clock: () => Date
}

/** Appends through a connection. */
export function appending({ connection, reading, clock }: AppendingOptions): Appending {
  const recent = new RecentAppends()
  const underWay = new Map<Ticket, Promise<unknown>>()

  const append = async (writes: readonly StreamWrite[], metadata: Metadata, options: AppendOptions) => {
    const { after = [], recordedAt = clock().toISOString() } = options
    // What waits for nothing is sent in the turn of its asking, and so before whatever comes next, be it a closing.
    if (after.length > 0) await Promise.all(after.map((ticket) => underWay.get(ticket)))
    if (after.some(({ state }) => state !== 'durable'))
      throw new ConflictError(writes[0]?.stream ?? '', 'what a failed append would have left', undefined)
    const propose = proposing(metadata, recordedAt)
    const longer = msAnEvent * writes.reduce((sum, { events }) => sum + events.length, 0)
    return connection.calls.ask(
      (client, doubtful) => (doubtful ? appendInDoubt(client, writes, propose) : send(client, writes, propose)),
      { longer },
    )
  }

  /** An earlier try may have been written. What has no revision to guard it gets one, so that it is not written twice. */
  const appendInDoubt = async (client: KurrentDBClient, writes: readonly StreamWrite[], propose: Propose) => {
    for (;;) {
      const state = await recognise(reading, writes)
      if ('position' in state) return state
      const guarded = writes.map((write) => guard(write, state.revisions.get(write.stream) ?? START))
      try {
        return await send(client, guarded, propose)
      } catch (error) {
        if (!(error instanceof ConflictError)) throw error
        const known = await recognise(reading, writes)
        if ('position' in known) return known
        // Others have written to a stream whose revision does not matter: that is no conflict.
        const write = writes.find(({ stream }) => stream === error.stream)
        const matters = write?.expected !== 'any' && (write?.expected !== 'exists' || error.actual === undefined)
        if (matters || connection.closing.aborted) throw error
      }
    }
  }

  return {
    async append(writes, metadata, { ticket = untold(), ...options } = {}) {
      const mistake = mistakeIn(writes) ?? namesTakenForOne(writes)
      const outcome = mistake
        ? Promise.reject(new TypeError(mistake))
        : connection.closing.aborted
          ? Promise.reject(new UnavailableError(`${part} (closed)`))
          : recent.once(writes, () => append(writes, metadata, options))
      underWay.set(
        ticket,
        outcome.then(
          () => settle(ticket, 'durable'),
          () => settle(ticket, 'failed'),
        ),
      )
      return outcome
    },

    settled: () => Promise.all(underWay.values()),
  }

  function settle(ticket: Ticket, state: 'durable' | 'failed'): void {
    ticket.state = state
    underWay.delete(ticket)
  }
}

/** So much longer may an append take for each of its events. */
const msAnEvent = 2

type Propose = (event: NewEvent) => ReturnType<typeof proposed>

const proposing =
  (metadata: Metadata, recordedAt: string): Propose =>
  (event) =>
    proposed(event, metadata, recordedAt)

const untold = (): Ticket => ({ state: 'pending' })

/** @throws ConflictError, or what the client throws */
async function send(client: KurrentDBClient, writes: readonly StreamWrite[], propose: Propose): Promise<Appended> {
  const groups = writes.map(({ stream, expected, events }) => ({
    streamName: stream,
    expectedState: stateOf(expected),
    events: events.map(propose),
  }))
  const [only] = groups
  try {
    if (groups.length === 1 && only) {
      const { streamName, expectedState: streamState, events } = only
      const { nextExpectedRevision, position } = await client.appendToStream(streamName, events, {
        streamState,
        deadline: longestCall,
      })
      if (!position) throw new UnavailableError(part)
      return { position: position.commit, revisions: [nextExpectedRevision] }
    }
    const { position, responses } = await client.multiStreamAppend(groups)
    const revisions = new Map(responses.map(({ streamName, revision }) => [streamName, revision]))
    return { position: position ?? START, revisions: writes.map(({ stream }) => revisions.get(stream) ?? START) }
  } catch (error) {
    if (!(error instanceof WrongExpectedVersionError)) throw error
    const expected = writes.find(({ stream }) => stream === error.streamName)?.expected
    const actual = typeof error.actualState === 'bigint' ? error.actualState : undefined
    throw new ConflictError(error.streamName, String(expected), actual)
  }
}

function stateOf(expected: ExpectedRevision): AppendStreamState {
  if (expected === 'any') return ANY
  if (expected === 'exists') return STREAM_EXISTS
  return expected === 'none' || expected === START ? NO_STREAM : expected
}

/** The same write, guarded by the revision at which its stream stands. */
function guard(write: StreamWrite, revision: bigint): StreamWrite {
  if (write.expected === 'any') return { ...write, expected: revision }
  // A stream that must exist and does not is left for the server to refuse.
  return write.expected === 'exists' && revision > START ? { ...write, expected: revision } : write
}

/** In one append, KurrentDB takes names that differ by case alone for the same. */
function namesTakenForOne(writes: readonly StreamWrite[]): string | undefined {
  const names = new Set(writes.map(({ stream }) => stream.toUpperCase()))
  return names.size < writes.length
    ? `KurrentDB cannot append at once to streams whose names differ by case alone: ${writes.map(({ stream }) => stream).join(', ')}`
    : undefined
}
