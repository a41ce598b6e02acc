// The position of an event as text that sorts as positions do: the id of documents that are one for each event.
import type { RecordedEvent } from '../src/kernel/event.ts'

/** Twenty digits, as many as a position can have. */
export const positionOf = ({ position }: Pick<RecordedEvent, 'position'>): string => String(position).padStart(20, '0')
