// The canonical bytes of an event: the same wherever the log is kept, so that a seal holds for every copy of it.
import type { RecordedEvent } from '../kernel/event.ts'

/**
 * JSON in the canonical form of RFC 8785: no white space, names sorted by UTF-16 code units, numbers and strings as ECMAScript writes them.
 * A lone surrogate, which the RFC refuses, is escaped as ECMAScript does: no event may be such that it cannot be sealed.
 * `value` is JSON; what JSON.stringify leaves out is left out here too.
 */
export const canonicalJson = (value: unknown): string =>
  // JSON.stringify keeps the order of names and is several times as fast as whatever could be written here.
  keepsOrder(value) ? JSON.stringify(inOrder(value)) : written(value)

/** Names that an object would not keep where they are put: numbers come first, and the prototype is no name at all. */
const unruly = /^(?:\d|__proto__$)/

function keepsOrder(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true
  if (Array.isArray(value)) return value.every(keepsOrder)
  for (const name in value) if (unruly.test(name) || !keepsOrder((value as Record<string, unknown>)[name])) return false
  return true
}

function inOrder(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(inOrder)
  const ordered: Record<string, unknown> = {}
  for (const name of Object.keys(value).sort()) ordered[name] = inOrder((value as Record<string, unknown>)[name])
  return ordered
}

function written(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(written).join(',')}]`
  const members: string[] = []
  for (const name of Object.keys(value).sort()) {
    const member = (value as Record<string, unknown>)[name]
    if (member !== undefined) members.push(`${JSON.stringify(name)}:${written(member)}`)
  }
  return `{${members.join(',')}}`
}

/**
 * What is sealed of an event, as canonical JSON text: all that it is, except its position, which is each store's own. Read it from the raw log,
 * where personal fields are still encrypted: the text is then the same after a person's erasure. `revision` is a decimal string.
 */
export const canonicalText = ({ data, id, metadata, recordedAt, revision, schema, stream, type }: RecordedEvent) =>
  `{"data":${canonicalJson(data)},"id":${JSON.stringify(id)},"metadata":${canonicalJson(metadata)},"recordedAt":${JSON.stringify(recordedAt)},` +
  `"revision":"${revision}","schema":${schema},"stream":${JSON.stringify(stream)},"type":${JSON.stringify(type)}}`

/** The canonical text in UTF-8. */
export const canonicalBytes = (event: RecordedEvent): Buffer => Buffer.from(canonicalText(event))
