// Folding much of the log at once: a thread for each group of projections, started for the purpose and gone when it is done.
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { z } from 'zod'
import { projectionGroups } from '../projections/index.ts'
import { groupPath, openEmbeddedReadModels } from './embedded-read-models.ts'
import { openSqliteEventStore } from './stores/sqlite/event-store.ts'

/** Where a thread finds what it works with. */
export const folding = z.object({
  events: z.string(),
  readModels: z.string(),
  keyValue: z.string(),
  masterKey: z.custom<Uint8Array>((key) => key instanceof Uint8Array),
  logLevel: z.string(),
})
export type Folding = z.infer<typeof folding>

/** What a thread is to do: build these projections of its group anew; without names, only bring the group to the end of the log. */
export const share = folding.extend({ group: z.int(), names: z.array(z.string()) })
export type Share = z.infer<typeof share>

/** What a thread says when it is done: which projections stopped, and why. */
export const done = z.object({ failures: z.array(z.string()) })
export type Done = z.infer<typeof done>

/** So many events are folded sooner than a thread has started. */
const worthThreads = 20_000n

async function inThread(share: Share): Promise<readonly string[]> {
  const worker = new Worker(new URL('rebuild-thread.ts', import.meta.url), { workerData: share })
  const [[told]] = await Promise.all([once(worker, 'message'), once(worker, 'exit')])
  return done.parse(told).failures
}

/** Builds the named projections anew beside the live ones, which they then replace; what went wrong. */
export async function rebuildInThreads(where: Folding, names: readonly string[]): Promise<readonly string[]> {
  const shares = projectionGroups.map((group, index) => ({
    ...where,
    group: index,
    readModels: groupPath(where.readModels, index),
    names: group.map(({ name }) => name).filter((name) => names.includes(name)),
  }))
  const failures = await Promise.all(shares.filter(({ names }) => names.length > 0).map(inThread))
  return failures.flat()
}

/** Brings the read models to the end of the log when every one of them is far behind it, as after a restore, or when their files were lost. */
export async function catchUpInThreads(where: Folding): Promise<void> {
  const [store, models] = [
    openSqliteEventStore({ path: where.events, readOnly: true }),
    openEmbeddedReadModels({ path: where.readModels }),
  ]
  const [head, checkpoints] = await Promise.all([store.head(), models.checkpoints()])
  await Promise.all([store.close(), models.close()])
  if (head < worthThreads || checkpoints.some(({ position }) => head - position < worthThreads)) return
  await Promise.all(
    projectionGroups.map((_, group) =>
      inThread({ ...where, group, readModels: groupPath(where.readModels, group), names: [] }),
    ),
  )
}
