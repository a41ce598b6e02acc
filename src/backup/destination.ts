// Where a restored store is made: always beside the live one, of which nothing is touched; and what makes the nodes use it.
import { type EventStore, START } from '../kernel/event-store.ts'
import type { KeyValueStore } from '../kernel/key-value.ts'
import type { Whereabouts } from '../opening.ts'
import { databaseIn, inDatabase, withoutSecret } from '../stores/mongodb/address.ts'
import { hasReactors } from '../subscribers/checkpoint.ts'

/**
 * `swap`: all is embedded, and the running server takes the restored store over by itself. `beside`: part of it is on servers, and nodes use it once
 * they are started with other settings.
 */
export type Way = 'swap' | 'beside'

/** A setting that is to be changed. */
export interface Setting {
  readonly name: 'EVENT_STORE_PREFIX' | 'READ_MODELS_URL'
  /** Without the password that the present one may hold. */
  readonly value: string
}

export const wayOf = ({ eventStoreUrl, readModelsUrl }: Whereabouts): Way =>
  eventStoreUrl === undefined && readModelsUrl === undefined ? 'swap' : 'beside'

/** The folder for what a restore makes on this node's disk, in its data directory. */
export const folderFor = (restoreId: string): string => `restored-${restoreId}`

/** Hexadecimal digits that tell the names of one restore from all others: ids end in chance. */
const markLength = 12
const markOf = (restoreId: string): string => `r${restoreId.replaceAll('-', '').slice(-markLength)}`
/** MongoDB takes names of 63 bytes. */
const longestName = 40

/** The stores that a restore makes: what is embedded in the folder, the rest on the same servers under names of its own. */
export function destinationOf(live: Whereabouts, restoreId: string, folder: string): Whereabouts {
  const { eventStoreUrl, eventStorePrefix, readModelsUrl } = live
  const mark = markOf(restoreId)
  const company = eventStorePrefix.replace(/^r[\da-f]{12}\./, '')
  return {
    dataDir: folder,
    eventStorePrefix: eventStoreUrl ? `${mark}.${company}` : '',
    ...(eventStoreUrl && { eventStoreUrl }),
    ...(readModelsUrl && { readModelsUrl: inDatabase(readModelsUrl, `${companyIn(readModelsUrl)}-${mark}`) }),
  }
}

const companyIn = (url: string): string =>
  databaseIn(url)
    .replace(/-r[\da-f]{12}$/, '')
    .slice(0, longestName)

/** What is to be set for nodes to use it. */
export function settingsFor({ eventStoreUrl, eventStorePrefix, readModelsUrl }: Whereabouts): readonly Setting[] {
  return [
    ...(eventStoreUrl ? [{ name: 'EVENT_STORE_PREFIX', value: eventStorePrefix } as const] : []),
    ...(readModelsUrl ? [{ name: 'READ_MODELS_URL', value: withoutSecret(readModelsUrl) } as const] : []),
  ]
}

/**
 * The code of the rejection where no second log can stand beside the live one; null where it can. Streams whose names begin with the live prefix
 * would be taken for the live log's own; every name begins with an empty one. That does no harm where nothing is yet, and nobody has been at work.
 */
export async function obstacleTo(
  live: Whereabouts,
  { rawLog, keyValue }: { readonly rawLog: EventStore; readonly keyValue: KeyValueStore },
): Promise<'prefix-needed' | null> {
  const { eventStorePrefix } = destinationOf(live, '0'.repeat(markLength), '')
  if (!live.eventStoreUrl || !eventStorePrefix.startsWith(live.eventStorePrefix)) return null
  const isUntouched = (await rawLog.head()) === START && !(await hasReactors(keyValue))
  return isUntouched ? null : 'prefix-needed'
}
