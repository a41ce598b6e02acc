// Giving memory back: what loading the modules took is not needed by what runs on, and V8 keeps it until it is told.
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/**
 * Collects all that this thread does not need (V8's `last-resort` collection) and shrinks its young heap, which grows again under load. Takes
 * some tens of milliseconds, so it is for the end of the start, before anybody waits for an answer.
 */
export function giveBackMemory(): void {
  // The flag is the whole process's: taken back, it would be missing for another thread that is about to look.
  setFlagsFromString('--expose-gc')
  const collect: unknown = runInNewContext('globalThis.gc')
  if (typeof collect === 'function') collect({ type: 'major', execution: 'sync', flavor: 'last-resort' })
}
