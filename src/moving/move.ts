// A whole installation moved from one kind of stores to another: the log, what is kept beside it, and the proof that nothing was changed on the way.
import { copyKeys, type Side } from './copy-keys.ts'
import { copyLog } from './copy-log.ts'
import { noteNumbering } from './numbering.ts'
import { type Verdict, verifyCopy } from './verify-copy.ts'

export interface Moved {
  /** Of this attempt. */
  readonly events: number
  readonly entries: number
  readonly verdict: Verdict
}

/**
 * Copies and then compares. It may run while the source is in use, and again when that has stopped: the second time copies the rest. Read models
 * are made anew where the copy is opened. @throws AnotherLogError, UnavailableError
 */
export async function move(from: Side, to: Side, onProgress: (copied: number) => void): Promise<Moved> {
  const events = await copyLog(from.eventStore, to.eventStore, onProgress)
  const entries = await copyKeys(from, to)
  await noteNumbering(to.keyValue, new Date())
  return { events, entries, verdict: await verifyCopy(from.eventStore, to.eventStore) }
}
