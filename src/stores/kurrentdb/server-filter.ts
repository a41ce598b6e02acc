// What of a filter the server applies: by the beginning of the stream or of the type, not both. The rest is left to the reader.
import {
  eventTypeFilter,
  excludeSystemEvents,
  type Filter,
  type FilterOptions,
  streamNameFilter,
} from '@kurrent/kurrentdb-client'
import type { EventFilter } from '../../kernel/event-store.ts'

type Checkpoints = Pick<FilterOptions, 'checkpointInterval' | 'checkpointReached' | 'maxSearchWindow'>

/** The filter for the server: it lets through all that passes ours, never the server's own events, and as little else as it can. */
export function serverFilter({ streamPrefixes, types }: EventFilter = {}, checkpoints: Checkpoints = {}): Filter {
  if (streamPrefixes && areUsable(streamPrefixes))
    return streamNameFilter({ prefixes: [...streamPrefixes], ...checkpoints })
  if (types && areUsable(types)) return eventTypeFilter({ prefixes: [...types], ...checkpoints })
  return excludeSystemEvents(checkpoints)
}

/** A prefix that ends amid a character would become another on its way. */
const areUsable = (prefixes: readonly string[]): boolean =>
  prefixes.length > 0 && prefixes.every((prefix) => prefix !== '' && prefix.isWellFormed())

/** Whether nothing at all can pass. */
export const letsNothingPass = ({ streamPrefixes, types }: EventFilter = {}): boolean =>
  streamPrefixes?.length === 0 || types?.length === 0
