// Filters over the rows of the log: a quick look at a row, so that only what can match is parsed, then the exact question.
import type { EventFilter } from '../../kernel/event-store.ts'
import type { Packed } from './log-layout.ts'
import type { Row } from './log-scan.ts'

export interface RowFilter {
  /** False only where none of the row's events passes. */
  mayHold(row: Row): boolean
  passes(event: Packed): boolean
  mayWant(type: string, stream: string): boolean
}

const anything = () => true

export function rowFilter(filter: EventFilter | undefined): RowFilter {
  const types = filter?.types && new Set(filter.types)
  const prefixes = filter?.streamPrefixes
  if (!types && !prefixes) return { mayHold: anything, passes: anything, mayWant: anything }
  const mayHoldType = types ? holding([...types].map((type) => JSON.stringify(type))) : anything
  // A prefix that ends amid a character is not in the text as it stands.
  const mayHoldStream = prefixes?.every((prefix) => prefix.isWellFormed())
    ? holding(prefixes.map((prefix) => `,${JSON.stringify(prefix).slice(0, -1)}`))
    : anything
  const isType = (type: string) => !types || types.has(type)
  const isStream = (stream: string) => !prefixes || prefixes.some((prefix) => stream.startsWith(prefix))
  return {
    mayHold: ([, , , , text, contents]) =>
      contents
        ? contents.types.some((type, i) => isType(type) && isStream(contents.streams[i] ?? ''))
        : mayHoldType(text) && mayHoldStream(text),
    passes: ([, stream, , type]) => isType(type) && isStream(stream),
    mayWant: (type, stream) => isType(type) && isStream(stream),
  }
}

/** One expression for all, since that is as quick for many as for few. */
function holding(texts: readonly string[]): (text: string) => boolean {
  const any = new RegExp(texts.map((text) => text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')).join('|'))
  return (text) => any.test(text)
}
