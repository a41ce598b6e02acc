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

const kept = z.object({ result: imported.nullable() })

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

/** Imports of this process, their results kept in a store. `onFailure` hears of work that could not be finished. */
export function importJobs(keyValue: KeyValueStore, onFailure: (error: unknown) => void): ImportJobs {
  const underWay = new Map<string, { done: number; readonly total: number }>()

  return {
    async begin(key, total, work) {
      const isFirst = await keyValue.put(space, key, { result: null }, { expected: 0 })
      if (isFirst === undefined) return
      const job = { done: 0, total }
      underWay.set(key, job)
      void work((done) => {
        job.done = done
      })
        .then((result) => keyValue.put(space, key, { result }))
        .catch(onFailure)
        .finally(() => underWay.delete(key))
    },

    async stateOf(key) {
      const job = underWay.get(key)
      if (job) return { ...job, result: undefined }
      const entry = await keyValue.get(space, key)
      if (!entry) return undefined
      const { result } = kept.parse(entry.value)
      return { done: 0, total: 0, result: result ?? 'interrupted' }
    },
  }
}
