// A restored store that has not yet told of itself: what the first node that opens it has to record in its log.
import { z } from 'zod'
import type { KeyValueStore } from '../kernel/key-value.ts'

export const arrival = z.object({
  restoreId: z.string(),
  backupId: z.string(),
  toPosition: z.string(),
  events: z.int(),
  by: z.string(),
  startedAt: z.string(),
  /** Whoever was erased at any time, by the id of the person or customer. */
  erased: z.array(z.string()),
})
export type Arrival = z.infer<typeof arrival>

/** The space, which is no business of any copy. */
export const arrivalSpace = 'arrival'
const place = [arrivalSpace, 'restored'] as const

/** Leaves word in a store that was restored on servers. */
export const leaveWord = async (keyValue: KeyValueStore, word: Arrival): Promise<void> => {
  await keyValue.put(...place, word)
}

/** What was left, and is not yet recorded. */
export async function wordLeft(keyValue: KeyValueStore): Promise<Arrival | undefined> {
  const entry = await keyValue.get(...place)
  return entry && arrival.parse(entry.value)
}

/** It is recorded. */
export const forgetWord = async (keyValue: KeyValueStore): Promise<void> => {
  await keyValue.delete(...place)
}
