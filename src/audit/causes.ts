// What belongs to one request: its events, and what they caused, as a tree.
import { consequences } from '../../projections/consequences.ts'
import type { RecordedEvent } from '../kernel/event.ts'
import { type EventStore, START } from '../kernel/event-store.ts'
import type { ReadModels } from '../kernel/read-models.ts'
import { timeOf } from './finding-events.ts'
import type { LogTree } from './log-tree.ts'

/** A request is answered within this time, in milliseconds; clocks of nodes differ by less. */
const answeredWithin = 30_000
const clocksDiffer = 2_000
const pageSize = 128
/** Events of one request that are shown. */
const most = 1_000

export interface CauseNode {
  readonly event: RecordedEvent
  readonly effects: readonly CauseNode[]
}

export interface Correlation {
  readonly id: string
  /** In order of the log. */
  readonly events: readonly RecordedEvent[]
  /** What the request itself recorded, each with what it caused. */
  readonly roots: readonly CauseNode[]
}

interface Sources {
  readonly rawLog: EventStore
  readonly tree: LogTree
  readonly models: ReadModels
}

async function* around(rawLog: EventStore, after: bigint, until: string): AsyncGenerator<RecordedEvent> {
  for await (const page of rawLog.readAll({ ...(after !== START && { after }), pageSize }))
    for (const event of page) {
      if (event.recordedAt > until) return
      yield event
    }
}

/** When the request of a correlation was made: by its id, or by an event that is known to belong to it. */
function beginningOf(id: string, known: RecordedEvent | undefined): number | undefined {
  return timeOf(id) ?? (known && Date.parse(known.recordedAt))
}

/** All that is known to belong to a correlation; `known`: an event of it, from which it is found where its id tells no time. */
export async function correlationOf(
  { rawLog, tree, models }: Sources,
  id: string,
  known?: RecordedEvent,
): Promise<Correlation> {
  const found = new Map<string, RecordedEvent>()
  const take = (event: RecordedEvent) => {
    if (event.metadata.correlationId === id && found.size < most) found.set(event.id, event)
  }
  const time = beginningOf(id, known)
  if (time !== undefined) {
    const after = await tree.positionAt(new Date(time - clocksDiffer))
    for await (const event of around(rawLog, after, new Date(time + answeredWithin).toISOString())) take(event)
  }
  const later = await models.get(consequences, id)
  for (const position of later?.document.positions ?? [])
    for await (const page of rawLog.readAll({ from: BigInt(position), limit: 1 })) page.forEach(take)
  if (known) take(known)
  const events = [...found.values()].sort((a, b) => (a.position < b.position ? -1 : 1))
  return { id, events, roots: treeOf(events) }
}

function treeOf(events: readonly RecordedEvent[]): readonly CauseNode[] {
  const ids = new Set(events.map(({ id }) => id))
  const effects = Map.groupBy(events, ({ metadata }) => metadata.causationId ?? '')
  const nodeOf = (event: RecordedEvent): CauseNode => ({ event, effects: (effects.get(event.id) ?? []).map(nodeOf) })
  return events.filter(({ metadata }) => !ids.has(metadata.causationId ?? '')).map(nodeOf)
}
