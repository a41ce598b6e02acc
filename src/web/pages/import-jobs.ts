// Imports that go on, and those that are done: each once for its form, whatever is sent again and whichever process is asked.
import { z } from 'zod'
import type { KeyValueStore } from '../../kernel/key-value.ts'

const space = 'product-imports'

const imported = z.object({
  created: z.int(),
  changed: z.int(),
  counted: z.int(),
  problems: z.array(z.object({ line: z.int(), field: z.string(), message: z.string() })),
})
export type ImportResult = z.infer<typeof imported>

const kept = z.object({
  result: imported.nullable(),
  /** How far it has come, and when that was told, in milliseconds since 1970. */
  done: z.int().default(0),
  total: z.int().default(0),
  at: z.number().default(0),
})

/** Milliseconds between two tellings of how far it has come. */
const toldEvery = 1_000
/** Whoever has not told anything for so long is not there any more. */
const silentFor = 15_000

export interface ImportState {
  readonly done: number
  readonly total: number
  readonly result: ImportResult | 'interrupted' | undefined
}

export interface ImportJobs {
  /** Begins the work unless the same was begun before. It goes on after this has answered. */
  begin(key: string, total: number, work: (told: (done: number) => void) => Promise<ImportResult>): Promise<void>
  /** Undefined for one that was never begun. */
  stateOf(key: string): Promise<ImportState | undefined>
}

export interface ImportJobsOptions {
  readonly keyValue: KeyValueStore
  readonly now: () => Date
  /** Hears of work that could not be finished. */
  readonly onFailure: (error: unknown) => void
}

/** Imports that this process begins; how they go is kept in a store, so that every node can tell. */
export function importJobs({ keyValue, now, onFailure }: ImportJobsOptions): ImportJobs {
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
