// Since when the log's positions are those that it has: a copy in another store has others, and what was noted about the old ones is void.
import { z } from 'zod'
import type { KeyValueStore } from '../kernel/key-value.ts'

/** The space, which is no business of any copy. */
export const numberingSpace = 'numbering'
const place = [numberingSpace, 'log'] as const
const since = z.object({ since: z.iso.datetime() })

/** The log of this store was filled from another one at that time. */
export const noteNumbering = async (keyValue: KeyValueStore, at: Date): Promise<void> => {
  await keyValue.put(...place, { since: at.toISOString() })
}

/** Since when its positions count, in ISO 8601 UTC; undefined: from the beginning. */
export async function numberedSince(keyValue: KeyValueStore): Promise<string | undefined> {
  const entry = await keyValue.get(...place)
  return entry && since.parse(entry.value).since
}
