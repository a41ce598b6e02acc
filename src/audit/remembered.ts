// Work that takes longer than a page may: begun once for whoever asks, its result kept for a while for whoever asks again.
import { setTimeout as sleep } from 'node:timers/promises'

export interface Doing {
  /** Aborts when nobody has asked for the result for a while. */
  readonly signal: AbortSignal
  /** Events read so far. */
  readonly onProgress: (events: number) => void
}

/** What came of it, or how many events were read so far. */
export type Answer<Result> = { readonly result: Result } | { readonly events: number }

export interface Remembered<Key, Value> {
  /** Uses what comes of the work on a key, if that is there within the patience. @throws what the work throws */
  at<Result>(key: Key, use: (value: Value) => Result | Promise<Result>): Promise<Answer<Result>>
}

export interface RememberedOptions<Key, Value> {
  readonly work: (key: Key, doing: Doing) => Promise<Value>
  readonly nameOf: (key: Key) => string
  /** Gives up what nobody uses any more. */
  readonly end?: (value: Value) => Promise<void>
  /** Milliseconds to wait for a result. */
  readonly patience?: number
}

/** Nobody asks for so long, in milliseconds: it is given up. */
const keptFor = 120_000
/** Results kept and work under way, at the most: whoever asked longest ago makes way. */
const most = 4

interface Kept<Value> {
  readonly value: Promise<Value>
  readonly ending: AbortController
  events: number
  users: number
  timer: NodeJS.Timeout | undefined
}

export function remembered<Key, Value>({
  work,
  nameOf,
  end = async () => undefined,
  patience = 1_000,
}: RememberedOptions<Key, Value>): Remembered<Key, Value> {
  const known = new Map<string, Kept<Value>>()

  const retire = (name: string, kept: Kept<Value>): void => {
    if (known.get(name) === kept) known.delete(name)
    clearTimeout(kept.timer)
    if (kept.users > 0) return
    kept.ending.abort()
    kept.value.then(end).catch(() => undefined)
  }

  const begin = (key: Key): Kept<Value> => {
    const ending = new AbortController()
    const onProgress = (events: number) => {
      kept.events = events
    }
    const value = work(key, { signal: ending.signal, onProgress })
    const kept: Kept<Value> = { value, ending, events: 0, users: 0, timer: undefined }
    // Whoever waits for it is told; nobody may.
    value.catch(() => undefined)
    return kept
  }

  const find = (key: Key): readonly [string, Kept<Value>] => {
    const name = nameOf(key)
    const kept = known.get(name) ?? begin(key)
    known.delete(name)
    known.set(name, kept)
    const [oldest] = known
    if (known.size > most && oldest) retire(...oldest)
    return [name, kept]
  }

  return {
    async at(key, use) {
      const [name, kept] = find(key)
      kept.users += 1
      clearTimeout(kept.timer)
      let failed = false
      try {
        const late = sleep(patience).then(() => undefined)
        const value = await Promise.race([kept.value.then((there) => ({ there })), late])
        return value ? { result: await use(value.there) } : { events: kept.events }
      } catch (error) {
        failed = true
        throw error
      } finally {
        kept.users -= 1
        if (failed || known.get(name) !== kept) retire(name, kept)
        else kept.timer = setTimeout(() => retire(name, kept), keptFor).unref()
      }
    },
  }
}
