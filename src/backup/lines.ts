// An event as a line of an archive: its position, then its canonical text, so that a line is verified without being parsed.
import { canonicalText, type Hash, leafHash } from '../audit/index.ts'
import type { RecordedEvent } from '../kernel/event.ts'
import { ArchiveError } from './archive-error.ts'

/** The line, without its end, and the leaf of the log's tree that it is. */
export function lineOf(event: RecordedEvent): { readonly line: string; readonly leaf: Hash } {
  const text = canonicalText(event)
  return { line: `{"position":"${event.position}",${text.slice(1)}`, leaf: leafHash(Buffer.from(text)) }
}

const start = /^\{"position":"(\d+)",/

/** The position and leaf of a line. @throws ArchiveError */
export function readLine(line: string): { readonly position: bigint; readonly leaf: Hash } {
  const [head, position] = start.exec(line) ?? []
  if (!head || position === undefined) throw new ArchiveError('damaged-archive', 'a line is no event')
  return { position: BigInt(position), leaf: leafHash(Buffer.from(`{${line.slice(head.length)}`)) }
}

/** The event of a line that was verified. */
export function eventIn(line: string): RecordedEvent {
  const { position, revision, ...event } = JSON.parse(line)
  return { ...event, position: BigInt(position), revision: BigInt(revision) }
}

/** The lines of a text, without the empty one after the last. */
export const linesOf = (text: string): readonly string[] => text.split('\n').filter((line) => line !== '')
