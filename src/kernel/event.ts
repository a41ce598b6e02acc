// Events: how a fact is declared (schema, version, upcasters, personal fields) and what it looks like once recorded.
import { z } from 'zod'

/** Who caused an append and why. The same for all events of one append; values are strings so that every store can keep them. */
export interface Metadata {
  /** `person:<id>`, `system:<part>` or `anonymous`. */
  readonly actor: string
  /** The request or job that everything which follows from it shares. */
  readonly correlationId: string
  /** The id of the event that caused this one, when an event did. */
  readonly causationId?: string
  /** W3C trace context of the cause, kept whether sampled or not. */
  readonly traceparent?: string
}

/** An event that a decider has decided, before it has an identity. */
export interface DomainEvent<Type extends string = string, Data = unknown> {
  readonly type: Type
  readonly data: Data
}

/** An event on its way into a store: its identity and schema version are settled, its data is JSON. */
export interface NewEvent {
  readonly id: string
  readonly type: string
  readonly schema: number
  readonly data: unknown
}

/** An event as the log holds it. */
export interface RecordedEvent<Type extends string = string, Data = unknown> {
  readonly id: string
  readonly type: Type
  readonly stream: string
  /** Order within the stream, from 0. */
  readonly revision: bigint
  /** Order within the whole log; grows, but need not be dense. */
  readonly position: bigint
  /** ISO 8601 UTC, when it was accepted, by the clock of the process that appended it; it moves with the event from store to store. */
  readonly recordedAt: string
  readonly data: Data
  readonly metadata: Metadata
  /** The version of the type's schema that `data` follows. */
  readonly schema: number
}

type Upcast = (data: Record<string, unknown>) => Record<string, unknown>

/** One event type: its current schema and how older versions are brought up to it. */
export interface EventSchema<Data = unknown> {
  readonly version: number
  readonly schema: z.ZodType<Data>
  /** `upcasters[n - 1]` turns version n into n + 1. */
  readonly upcasters: readonly Upcast[]
  /** The field that holds the id of the person whom the personal fields are about. */
  readonly person: string | undefined
  readonly personalFields: readonly string[]
  /** True when this event records that the person's key was destroyed. */
  readonly erases: boolean
}

interface EventOptions {
  readonly person?: string
  readonly erases?: boolean
}

const personalMark = z.registry<{ personal: true }>()

/** Marks a field as personal: stored encrypted with the person's key, and `null` once that key is destroyed. */
export function personal<S extends z.ZodType>(schema: S): z.ZodNullable<S> {
  const marked = schema.nullable()
  personalMark.add(marked, { personal: true })
  return marked
}

/** Whether a schema holds a personal mark deeper than at its own top. */
const hidesPersonal = (schema: z.core.$ZodType): boolean =>
  [schema._zod.def]
    .flatMap((def) => Object.values(def))
    .flatMap((part) => (isPlain(part) ? Object.values(part) : [part]))
    .some((part) => part instanceof z.core.$ZodType && (personalMark.has(part) || hidesPersonal(part)))
const isPlain = (part: unknown): part is object =>
  typeof part === 'object' && part !== null && !(part instanceof z.core.$ZodType)

function describe<Shape extends z.ZodRawShape>(
  version: number,
  shape: Shape,
  upcasters: readonly Upcast[],
  options: EventOptions,
): EventSchema<z.output<z.ZodObject<Shape>>> {
  const personalFields = Object.keys(shape).filter((field) => personalMark.has(shape[field] as z.ZodType))
  // The codec seals whole fields: a mark further inside would be forgotten, and the data kept in the clear.
  const hidden = Object.keys(shape).filter((field) => hidesPersonal(shape[field] as z.ZodType))
  if (hidden.length > 0) throw new TypeError(`personal() marks whole fields, not parts of them: ${hidden.join(', ')}`)
  if (personalFields.length > 0 && !options.person)
    throw new TypeError(
      `personal fields (${personalFields.join(', ')}) need the option "person": the field with the person's id`,
    )
  return {
    version,
    schema: z.strictObject(shape) as unknown as z.ZodType<z.output<z.ZodObject<Shape>>>,
    upcasters,
    person: options.person,
    personalFields,
    erases: options.erases ?? false,
  }
}

/** The first version of an event type. */
export const v1 = <Shape extends z.ZodRawShape>(shape: Shape, options: EventOptions = {}) =>
  describe(1, shape, [], options)

/** The version after `previous`; `upcast` turns the data of the one into the data of the other. */
export const next = <Shape extends z.ZodRawShape>(
  previous: EventSchema,
  shape: Shape,
  upcast: Upcast,
  options: EventOptions = {},
) => {
  // What was sealed under the old name would read as null, as if the person were erased.
  if (previous.person && options.person && options.person !== previous.person)
    throw new TypeError(`the field with the person's id keeps its name, ${previous.person}`)
  return describe(previous.version + 1, shape, [...previous.upcasters, upcast], {
    ...(previous.person ? { person: previous.person } : {}),
    ...options,
  })
}

/** All facts of one aggregate: `category` is the first part of its streams' names. */
export interface EventCatalogue<Types extends Record<string, EventSchema> = Record<string, EventSchema>> {
  readonly category: string
  readonly types: Types
}

/** Declares every event that can happen to one kind of aggregate. */
export const events = <Types extends Record<string, EventSchema>>(
  category: string,
  types: Types,
): EventCatalogue<Types> => ({
  category,
  types,
})

/** The map from event type to data of a catalogue. */
export type DataOf<C> =
  C extends EventCatalogue<infer Types>
    ? { readonly [K in keyof Types & string]: Types[K] extends EventSchema<infer Data> ? Data : never }
    : never

/** The union of the events of a map from type to data. */
export type EventIn<Map> = { [K in keyof Map & string]: DomainEvent<K, Map[K]> }[keyof Map & string]

/** The union of the recorded events of a map from type to data. */
export type RecordedIn<Map> = { [K in keyof Map & string]: RecordedEvent<K, Map[K]> }[keyof Map & string]

/** An event of the given type, for deciders and tests. */
export const event = <Type extends string, Data>(type: Type, data: Data): DomainEvent<Type, Data> => ({ type, data })
