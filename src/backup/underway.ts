// What is being done with archives now, and how far it is: told where every node can read it.
import { z } from 'zod'
import type { KeyValueStore } from '../kernel/key-value.ts'
import { type Progress, progress } from './tasks.ts'

const underway = progress.extend({ id: z.string() }).nullable()
/** `id`: of the backup or the restore. */
export type Underway = NonNullable<z.infer<typeof underway>>

const place = ['progress', 'backup'] as const

/** Tells of the progress of one piece of work. That it cannot be told does not disturb the work. */
export const tellProgress = (keyValue: KeyValueStore, id: string) => ({
  tell(told: Progress): void {
    keyValue.put(...place, { id, phase: told.phase, events: told.events }).catch(() => undefined)
  },
  over: async (): Promise<void> => {
    await keyValue.put(...place, null).catch(() => undefined)
  },
})

/** What is being done now. */
export async function readProgress(keyValue: KeyValueStore): Promise<Underway | undefined> {
  const entry = await keyValue.get(...place)
  return underway.parse(entry?.value ?? null) ?? undefined
}
