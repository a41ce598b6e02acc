// Between our events and KurrentDB's: what a record holds, and which records are ours.
import { type AllStreamResolvedEvent, type JSONType, jsonEvent, type ResolvedEvent } from '@kurrent/kurrentdb-client'
import type { Metadata, NewEvent, RecordedEvent } from '../../kernel/event.ts'

/** What a record's metadata holds besides ours, as strings. Whatever lacks these was not written by us. */
interface Entries {
  /** The version of the data's schema. */
  readonly schema: string
  /** The server's own time is not used: the native part of the client gives it in whole seconds, the rest of it in milliseconds. */
  readonly recordedAt: string
}

/** A new event as the client takes it. In an append to several streams, all metadata must be strings. */
export const proposed = ({ id, type, schema, data }: NewEvent, metadata: Metadata, recordedAt: string) =>
  jsonEvent({
    id,
    type,
    data: data as JSONType,
    metadata: { ...metadata, schema: String(schema), recordedAt } satisfies Metadata & Entries,
  })

/** Our event in a record; nothing where the record is the server's own, or of another program that uses the same server. */
export function recorded({ event }: ResolvedEvent | AllStreamResolvedEvent): RecordedEvent | undefined {
  if (!event?.isJson || event.position === undefined || isSystem(event.streamId) || isSystem(event.type))
    return undefined
  const ours = oursIn(event.metadata)
  if (!ours) return undefined
  return {
    id: event.id,
    type: event.type,
    stream: event.streamId,
    revision: event.revision,
    position: event.position.commit,
    data: event.data,
    ...ours,
  }
}

const isSystem = (name: string): boolean => name.startsWith('$')

/** What we wrote as metadata, without what the server adds to it ($schema.name, $schema.format). */
function oursIn(metadata: unknown): Pick<RecordedEvent, 'metadata' | 'schema' | 'recordedAt'> | undefined {
  if (typeof metadata !== 'object' || metadata === null) return undefined
  const { actor, correlationId, causationId, traceparent, ...entries } = metadata as Record<string, unknown>
  const { schema: version, recordedAt } = entries as Partial<Record<keyof Entries, unknown>>
  const schema = Number(version)
  if (typeof actor !== 'string' || typeof correlationId !== 'string') return undefined
  if (typeof recordedAt !== 'string' || !(schema >= 1)) return undefined
  return {
    schema,
    recordedAt,
    metadata: {
      actor,
      correlationId,
      ...(typeof causationId === 'string' && { causationId }),
      ...(typeof traceparent === 'string' && { traceparent }),
    },
  }
}
