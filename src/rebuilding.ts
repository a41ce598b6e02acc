// Folding much of the log at once: a thread for each group of projections, started for the purpose and gone when it is done. What is short is
// folded sooner than a thread has started.
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { z } from 'zod'
import { projectionGroups } from '../projections/index.ts'
import type { Config } from './config.ts'
import { masterKeyOf, openStores, whereabouts, whereaboutsOf } from './opening.ts'
import type { Log } from './subscribers/log.ts'

/** What a thread that folds is told. */
export const folding = z.object({
  where: whereabouts,
  masterKey: z.custom<Uint8Array>((key) => key instanceof Uint8Array),
  logLevel: z.string(),
})
export type Folding = z.infer<typeof folding>

export const foldingOf = (config: Config): Folding => ({
  where: whereaboutsOf(config),
  masterKey: masterKeyOf(config),
  logLevel: config.logLevel,
})

/** What is to be done at once: build these projections of the groups anew; without names, only bring the groups to the end of the log. */
export const share = folding.extend({ groups: z.array(z.int()).readonly(), names: z.array(z.string()).readonly() })
export type Share = z.infer<typeof share>

/** What a thread says when it is done: which projections stopped, and why. */
export const done = z.object({ failures: z.array(z.string()).readonly() })
export type Done = z.infer<typeof done>

/** Events: fewer are not worth a thread. */
const worthThreads = 20_000n

/** Megabytes for what is new in a thread's heap; more of them save a hundredth of the time. */
const youngHeap = 32

async function inThread(share: Share): Promise<readonly string[]> {
  const worker = new Worker(new URL('rebuild-thread.ts', import.meta.url), {
    workerData: share,
    resourceLimits: { maxYoungGenerationSizeMb: youngHeap },
  })
  const [[told]] = await Promise.all([once(worker, 'message'), once(worker, 'exit')])
  return done.parse(told).failures
}

/** Builds the named projections anew beside the live ones, which they then replace; what went wrong. */
export async function rebuildAnew(folding: Folding, names: readonly string[]): Promise<readonly string[]> {
  const shares = projectionGroups.map((group, index): Share => {
    const own = group.map(({ name }) => name).filter((name) => names.includes(name))
    return { ...folding, groups: [index], names: own }
  })
  const wanted = shares.filter(({ names }) => names.length > 0)
  if ((await headOf(folding)) >= worthThreads) return (await Promise.all(wanted.map(inThread))).flat()
  const { foldShare } = await import('./fold-share.ts')
  return foldShare({ ...folding, groups: wanted.flatMap(({ groups }) => groups), names })
}

async function headOf({ where }: Folding): Promise<bigint> {
  const { eventStore, close } = await openStores(where, { readOnly: true })
  return eventStore.head().finally(close)
}

/**
 * Brings the read models to the end of the log when every one of them is far behind it, as after a restore, or when their files were lost.
 * Only where both are embedded: a server is not read faster by several, and how far its positions are apart says nothing.
 */
export async function catchUpInThreads(folding: Folding, log: Log): Promise<void> {
  const { eventStoreUrl, readModelsUrl } = folding.where
  if (eventStoreUrl !== undefined || readModelsUrl !== undefined) return
  const { eventStore, models, close } = await openStores(folding.where, { log, readOnly: true })
  const [head, checkpoints] = await Promise.all([eventStore.head(), models.checkpoints()])
  await close()
  if (head < worthThreads || checkpoints.some(({ position }) => head - position < worthThreads)) return
  await foldInThreads(folding)
}

/** Brings the read models to the end of the log, in a thread for each group of projections. */
export async function foldInThreads(folding: Folding): Promise<void> {
  await Promise.all(projectionGroups.map((_, group) => inThread({ ...folding, groups: [group], names: [] })))
}
