// The explorer of the log: pages of events, the latest first, by what they are and who did them, in time that does not grow with the log.
import type { RecordedEvent } from '../kernel/event.ts'
import { type EventStore, passes } from '../kernel/event-store.ts'
import { actorMark, type LogTree, typeMark } from './log-tree.ts'
import { chunkSize } from './tiles.ts'

export interface Sought {
  readonly types?: readonly string[]
  /** `person:<id>`, `system:<part>`. */
  readonly actor?: string
  /** One stream, by its whole name. */
  readonly stream?: string
  /** The first and last position, both included. */
  readonly from?: bigint
  readonly to?: bigint
}

export interface Found {
  readonly events: readonly RecordedEvent[]
  /** What to pass as `before` for the next page: a position, or a revision within one stream. Undefined when this is the last. */
  readonly next: bigint | undefined
}

const pageSize = 128

/** Takes events until there are enough; tells whether more could follow. */
class Collected {
  readonly events: RecordedEvent[] = []
  readonly #wanted: number
  readonly #sought: Sought

  constructor(wanted: number, sought: Sought) {
    this.#wanted = wanted
    this.#sought = sought
  }

  get full(): boolean {
    // One more than a page has tells that there is another.
    return this.events.length > this.#wanted
  }

  take(event: RecordedEvent): void {
    const { types, actor, from, to } = this.#sought
    const outside = (from !== undefined && event.position < from) || (to !== undefined && event.position > to)
    if (this.full || outside || (actor !== undefined && event.metadata.actor !== actor)) return
    if (passes(types ? { types } : undefined, event)) this.events.push(event)
  }

  page(cursorOf: (event: RecordedEvent) => bigint): Found {
    const events = this.events.slice(0, this.#wanted)
    const last = events.at(-1)
    return { events, next: this.full && last ? cursorOf(last) : undefined }
  }
}

/** A page of the raw log. `before`: the `next` of the page before it. */
export async function explore(
  { rawLog, tree }: { readonly rawLog: EventStore; readonly tree: LogTree },
  sought: Sought,
  { before, limit = 50 }: { readonly before?: bigint; readonly limit?: number } = {},
): Promise<Found> {
  const collected = new Collected(limit, sought)
  if (sought.stream !== undefined) {
    await searchStream(rawLog, sought.stream, collected, before)
    return collected.page(({ revision }) => revision)
  }
  const start = earliest(before, sought.to === undefined ? undefined : sought.to + 1n)
  const marks = [sought.types?.map(typeMark) ?? [], sought.actor === undefined ? [] : [actorMark(sought.actor)]]
  const wanted = marks.filter((list) => list.length > 0)
  const reach = wanted.length === 0 ? (sought.from ?? 0n) - 1n : await tree.tip()
  await searchBackwards(rawLog, collected, start, reach)
  if (wanted.length > 0) await searchChunks({ rawLog, tree }, wanted, collected, start, sought.from)
  return collected.page(({ position }) => position)
}

/** The smaller of two bounds, as far as they are given. */
function earliest(a: bigint | undefined, b: bigint | undefined): bigint | undefined {
  if (a === undefined || b === undefined) return a ?? b
  return a < b ? a : b
}

async function searchStream(rawLog: EventStore, stream: string, collected: Collected, before: bigint | undefined) {
  const options = { direction: 'backwards', ...(before !== undefined && { after: before }) } as const
  for await (const page of rawLog.readStream(stream, options)) {
    for (const event of page) collected.take(event)
    if (collected.full) return
  }
}

/** From before a position back to one that is not reached any more. */
async function searchBackwards(rawLog: EventStore, collected: Collected, before: bigint | undefined, reach: bigint) {
  const options = { direction: 'backwards', pageSize, ...(before !== undefined && { after: before }) } as const
  for await (const page of rawLog.readAll(options))
    for (const event of page) {
      if (event.position <= reach || collected.full) return
      collected.take(event)
    }
}

/** What lies in complete chunks: only those that may hold something are read. */
async function searchChunks(
  { rawLog, tree }: { readonly rawLog: EventStore; readonly tree: LogTree },
  wanted: readonly (readonly string[])[],
  collected: Collected,
  before: bigint | undefined,
  from: bigint | undefined,
) {
  const tip = await tree.tip()
  for await (const after of tree.chunksWith(wanted, before)) {
    const chunk: RecordedEvent[] = []
    for await (const page of rawLog.readAll({ after, limit: chunkSize, pageSize })) chunk.push(...page)
    const known = chunk.filter(({ position }) => position <= tip && (before === undefined || position < before))
    for (const event of known.reverse()) collected.take(event)
    if (collected.full || (from !== undefined && after < from)) return
  }
}
