// Reading KurrentDB in pages: a scan goes on where it was after a broken connection, and leaves out what is not ours.
import {
  type AllStreamResolvedEvent,
  BACKWARDS,
  START as BEGINNING,
  END,
  FORWARDS,
  type KurrentDBClient,
  type ResolvedEvent,
  StreamDeletedError,
  StreamNotFoundError,
} from '@kurrent/kurrentdb-client'
import type { RecordedEvent } from '../../kernel/event.ts'
import { passes, type ReadAllOptions, type ReadStreamOptions, START } from '../../kernel/event-store.ts'
import type { Connection } from './connection.ts'
import { recorded } from './recorded.ts'
import { letsNothingPass, serverFilter } from './server-filter.ts'

const pageOfEvents = 1_000
/**
 * Records asked for at once, at the most. A request that is not read to its end holds up all others of its connection, and the client cannot
 * cancel it: so what is left of it is read and thrown away, and must not be much.
 */
const mostAtOnce = 2_000
/** Where a request for a few is used up by what is left out, the next one asks for so many times more. */
const growth = 8
/** Milliseconds for a page: the server may have to look through much of the log for the few events that pass a filter. */
const pageDeadline = 30_000

type Pages = AsyncGenerator<readonly RecordedEvent[]>

export interface Reading {
  readStream(stream: string, options?: ReadStreamOptions): Pages
  /** Ends with an error when the signal aborts. */
  readAll(options?: ReadAllOptions & { readonly signal?: AbortSignal }): Pages
  head(signal?: AbortSignal): Promise<bigint>
}

/** The records of one request, in order, and the place of each in what is scanned. */
interface Source {
  /** `from` is a place that was seen already, undefined where the scan begins at the very end. At most `count` records. */
  open(client: KurrentDBClient, from: bigint | undefined, count: number): AsyncIterator<ResolvedEvent>
  placeOf(record: ResolvedEvent): bigint | undefined
  /** Whether a place lies beyond another in the direction of the scan. */
  isBeyond(place: bigint, seen: bigint): boolean
  wants(event: RecordedEvent): boolean
  readonly from: bigint | undefined
  /** Whether a request begins with the record that was seen last. */
  readonly repeats: boolean
}

/** A request under way, and how many of the records that it asked for are still to come. */
interface Request {
  readonly records: AsyncIterator<ResolvedEvent>
  readonly pending: number
}

interface Taken {
  readonly taken: readonly ResolvedEvent[]
  readonly rest: Request | undefined
  /** Whether the stream or the log has no more. A request for a few may end before that, where records were left out. */
  readonly end: boolean
}

interface Scope {
  readonly limit: number
  readonly pageSize: number
  readonly signal?: AbortSignal
}

/**
 * Reads through a connection. All is read from the leader: what it has acknowledged, a follower may not know yet, and what looks like an
 * absent event would be a gap.
 */
export function reading(connection: Connection): Reading {
  async function* pages(source: Source, { limit, pageSize, signal }: Scope): Pages {
    let seen = source.from
    let request: Request | undefined
    let last: Promise<Taken> | undefined
    let requests = 0
    const take = async (client: KurrentDBClient, size: number, left: number): Promise<Taken> => {
      const { records, pending } = request ?? begin(source, client, seen, left * growth ** requests++)
      // One that fails is not gone on with: the next try begins anew after what was seen.
      request = undefined
      const taken: ResolvedEvent[] = []
      while (taken.length < size) {
        const { done, value } = await records.next()
        if (done) return { taken, rest: undefined, end: taken.length < pending }
        taken.push(value)
      }
      return { taken, rest: { records, pending: pending - taken.length }, end: false }
    }

    try {
      for (let left = limit; left > 0; ) {
        const ask = (client: KurrentDBClient) => {
          last = take(client, Math.min(pageSize, left), left)
          return last
        }
        const { taken, rest, end } = await connection.reads.ask(ask, {
          deadline: pageDeadline,
          ...(signal && { signal }),
        })
        request = rest
        const page: RecordedEvent[] = []
        for (const record of taken) {
          const place = source.placeOf(record)
          if (place === undefined || (seen !== undefined && !source.isBeyond(place, seen))) continue
          seen = place
          const event = recorded(record)
          if (event && source.wants(event)) page.push(event)
        }
        left -= page.length
        if (page.length > 0) yield page
        if (end) return
      }
    } finally {
      last?.then(({ rest }) => rest && drain(rest.records)).catch(() => undefined)
    }
  }

  const reading: Reading = {
    readStream(stream, { after, direction = 'forwards', limit = Number.POSITIVE_INFINITY } = {}) {
      return pages(streamSource(stream, direction, after), { limit, pageSize: pageOfEvents })
    },

    async *readAll({ signal, ...options } = {}) {
      if (letsNothingPass(options.filter)) return
      const { limit = Number.POSITIVE_INFINITY, pageSize = pageOfEvents } = options
      yield* pages(logSource(options), { limit, pageSize, ...(signal && { signal }) })
    },

    async head(signal) {
      for await (const [last] of reading.readAll({ direction: 'backwards', limit: 1, ...(signal && { signal }) }))
        if (last) return last.position
      return START
    },
  }
  return reading
}

function begin(source: Source, client: KurrentDBClient, seen: bigint | undefined, wanted: number): Request {
  const pending = Math.min(wanted, mostAtOnce) + (source.repeats && seen !== undefined ? 1 : 0)
  return { records: source.open(client, seen, pending), pending }
}

async function drain(records: AsyncIterator<ResolvedEvent>): Promise<void> {
  for (let done: boolean | undefined = false; !done; ) done = (await records.next()).done
}

function streamSource(stream: string, direction: 'forwards' | 'backwards', after: bigint | undefined): Source {
  const forwards = direction === 'forwards'
  return {
    from: after,
    placeOf: ({ event }) => event?.revision,
    isBeyond: (place, seen) => (forwards ? place > seen : place < seen),
    wants: () => true,
    repeats: false,
    async *open(client, from, count) {
      const next = from === undefined ? undefined : forwards ? from + 1n : from - 1n
      if (!forwards && next !== undefined && next < 0n) return
      try {
        yield* client.readStream(stream, {
          direction: forwards ? FORWARDS : BACKWARDS,
          fromRevision: next ?? (forwards ? BEGINNING : END),
          requiresLeader: true,
          maxCount: count,
        })
      } catch (error) {
        if (!(error instanceof StreamNotFoundError || error instanceof StreamDeletedError)) throw error
      }
    },
  }
}

function logSource({ from: first, after, direction = 'forwards', filter }: ReadAllOptions): Source {
  const forwards = direction === 'forwards'
  return {
    from: after,
    placeOf: ({ event }) => event?.position?.commit,
    isBeyond: (place, seen) => (forwards ? place > seen : place < seen),
    wants: (event) => passes(filter, event),
    repeats: forwards,
    open: (client, from, count): AsyncIterableIterator<AllStreamResolvedEvent> =>
      client.readAll({
        direction: forwards ? FORWARDS : BACKWARDS,
        fromPosition: positionOf(from ?? first) ?? (forwards ? BEGINNING : END),
        filter: serverFilter(filter),
        requiresLeader: true,
        maxCount: count,
      }),
  }
}

const positionOf = (place: bigint | undefined) =>
  place === undefined || place < 0n ? undefined : { commit: place, prepare: place }
