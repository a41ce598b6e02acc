// An event as a line of an archive: as it was stored, to the order of its fields, so that what is folded from it again is the same byte for byte.
import type { RecordedEvent } from '../kernel/event.ts'
import { ArchiveError } from './archive-error.ts'

/** The line, without its end. Revision and position are decimal strings. */
export const lineOf = ({
  position,
  id,
  type,
  stream,
  revision,
  recordedAt,
  schema,
  metadata,
  data,
}: RecordedEvent): string =>
  JSON.stringify({
    position: String(position),
    id,
    type,
    stream,
    revision: String(revision),
    recordedAt,
    schema,
    metadata,
    data,
  })

/** The event of a line. @throws ArchiveError */
export function eventIn(line: string): RecordedEvent {
  try {
    const { position, revision, ...event } = JSON.parse(line)
    return { ...event, position: BigInt(position), revision: BigInt(revision) }
  } catch (cause) {
    throw new ArchiveError('damaged-archive', 'a line is no event', { cause })
  }
}

/** The lines of a text, without the empty one after the last. */
export const linesOf = (text: string): readonly string[] => text.split('\n').filter((line) => line !== '')
