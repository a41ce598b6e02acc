// Jobs that go on after an answer, and those that are done: each once for its key, whatever is sent again and whichever process is asked.
import { z } from 'zod'
import type { KeyValueStore } from '../kernel/key-value.ts'

/** Milliseconds between two tellings of how far it has come. */
const toldEvery = 1_000
/** Whoever has not told anything for so long is not there any more. */
const silentFor = 15_000

export interface JobState<Result> {
  readonly done: number
  /** Of how many; 0 where that is not known. */
  readonly total: number
  readonly result: Result | 'interrupted' | undefined
}

export interface Jobs<Result> {
  /** Begins the work unless the same was begun before. It goes on after this has answered. */
  begin(key: string, total: number, work: (told: (done: number) => void) => Promise<Result>): Promise<void>
  /** Undefined for one that was never begun. */
  stateOf(key: string): Promise<JobState<Result> | undefined>
}

export interface JobsOptions {
  readonly keyValue: KeyValueStore
  readonly now: () => Date
  /** Hears of work that could not be finished. */
  readonly onFailure: (error: unknown) => void
}

/** Jobs of one kind that this process begins; how they go is kept in a space of a store, so that every node can tell. */
export function jobs<Result>(
  { keyValue, now, onFailure }: JobsOptions,
  space: string,
  result: z.ZodType<Result>,
): Jobs<Result> {
  const kept = z.object({
    result: result.nullable(),
    /** How far it has come, and when that was told, in milliseconds since 1970. */
    done: z.int().default(0),
    total: z.int().default(0),
    at: z.number().default(0),
  })
  const time = () => now().getTime()

  return {
    async begin(key, total, work) {
      const begun = { result: null, done: 0, total, at: time() }
      if ((await keyValue.put(space, key, begun, { expected: 0 })) === undefined) return

      let toldAt = begun.at
      let telling: Promise<unknown> = Promise.resolve()
      const tell = (done: number): void => {
        if (time() - toldAt < toldEvery) return
        toldAt = time()
        const state = { ...begun, done, at: toldAt }
        telling = telling.then(() => keyValue.put(space, key, state)).catch(() => undefined)
      }
      const finish = async (): Promise<void> => {
        const result = await work(tell)
        await telling
        await keyValue.put(space, key, { ...begun, done: total, result })
      }
      void finish().catch(async (error: unknown) => {
        onFailure(error)
        await keyValue.put(space, key, { ...begun, at: 0 }).catch(() => undefined)
      })
    },

    async stateOf(key) {
      const entry = await keyValue.get(space, key)
      if (!entry) return undefined
      const { result, done, total, at } = kept.parse(entry.value)
      const isSilent = time() - at > silentFor
      return { done, total, result: result ?? (isSilent ? 'interrupted' : undefined) }
    },
  }
}
