// Giving memory back: what loading the modules took is not needed by what runs on, and V8 keeps it until it is told.
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/**
 * Collects all that this thread does not need (V8's `last-resort` collection) and shrinks its young heap, which grows again under load. Takes
 * some tens of milliseconds, so it is for the end of the start, before anybody waits for an answer.
 */
export function giveBackMemory(): void {
  setFlagsFromString('--expose-gc')
  const collect: unknown = runInNewContext('gc')
  setFlagsFromString('--no-expose-gc')
  if (typeof collect === 'function') collect({ type: 'major', execution: 'sync', flavor: 'last-resort' })
}
