// Projections: a read model as a value. It says which documents an event touches and how they change; it knows no store and no clock.
import type { RecordedEvent } from './event.ts'
import type { Collection } from './read-models.ts'

export interface Handler<Doc, Event> {
  /** The id or ids of the documents that the event touches; none: the event is of no interest. */
  readonly key: (event: Event) => string | readonly string[]
  /** The document before its first event. Without it, the event changes only documents that exist. */
  readonly initial?: (event: Event, id: string) => Doc
  /** The document after the event; null removes it. (A method, so that projections of different documents fit into one list.) */
  apply(document: Doc, event: Event, id: string): Doc | null
}

export type Handlers<Doc, Events> = {
  readonly [K in keyof Events & string]?: Handler<Doc, RecordedEvent<K, Events[K]>>
}

export interface Projection<Doc extends object = object> extends Collection<Doc> {
  readonly on: Readonly<Record<string, Handler<Doc, RecordedEvent> | undefined>>
}

export interface ProjectionDefinition<Doc extends object, Events> extends Omit<Collection<Doc>, 'name' | 'document'> {
  readonly on: Handlers<Doc, Events>
}

/** Declares a projection over the events of the map `Events`. */
export const defineProjection = <Doc extends object, Events>(
  name: string,
  definition: ProjectionDefinition<Doc, Events>,
): Projection<Doc> => ({
  ...definition,
  name,
  // Handlers are contravariant in their event; the runner hands each only events of its own type.
  on: definition.on as unknown as Projection<Doc>['on'],
})

/** The ids that an event touches in a projection, each once. */
export function keysOf<Doc extends object>(projection: Projection<Doc>, event: RecordedEvent): readonly string[] {
  const key = projection.on[event.type]?.key(event)
  if (key === undefined) return []
  if (typeof key === 'string') return [key]
  return key.length > 1 ? [...new Set(key)] : key
}

/** The document after one event; undefined where there is none before and after. */
export function applyTo<Doc extends object>(
  projection: Projection<Doc>,
  document: Doc | null | undefined,
  event: RecordedEvent,
  id: string,
): Doc | null | undefined {
  const handler = projection.on[event.type]
  if (!handler) return document
  const before = document ?? handler.initial?.(event, id)
  return before ? handler.apply(before, event, id) : document
}
