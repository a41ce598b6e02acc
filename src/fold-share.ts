// Folding much of the log for groups of projections: into new files where all of them is built anew, else where their read models are.
import pino from 'pino'
import { projectionGroups } from '../projections/index.ts'
import { catalogues } from './domain/events.ts'
import { groupOf, groupPath } from './embedded-read-models.ts'
import { coded } from './kernel/codec.ts'
import { type EventStore, START } from './kernel/event-store.ts'
import type { Projection } from './kernel/projection.ts'
import type { Checkpoint, ReadModels } from './kernel/read-models.ts'
import { openVault } from './kernel/vault.ts'
import { type OpenedEventStore, openStores, pathsIn } from './opening.ts'
import type { Share } from './rebuilding.ts'
import { groupedReadModels } from './stores/sqlite/grouped-read-models.ts'
import { beginSuccessor, type Successor } from './stores/sqlite/successor.ts'
import type { Log } from './subscribers/log.ts'
import { startProjections } from './subscribers/projection-runner.ts'

/** Milliseconds: as long as a timer can wait. */
const patience = 2 ** 31 - 1

/** Events folded together where saving is no transaction: few, so that what they become is let go before it is copied as garbage is collected. */
const smallBatch = 500

/** What there is to fold, and for whom. */
interface Work {
  readonly eventStore: OpenedEventStore
  readonly store: EventStore
  readonly projections: readonly Projection[]
  readonly log: Log
}

/** Does a share of the work; which projections stopped, and why. */
export async function foldShare({ where, groups, names, masterKey, logLevel }: Share): Promise<readonly string[]> {
  const log = pino({ level: logLevel })
  const { eventStore, models, keyValue, close } = await openStores(where, { log, readOnly: true })
  try {
    const store = coded(eventStore, catalogues, openVault(keyValue, Buffer.from(masterKey)))
    const work = { eventStore, store, projections: groups.flatMap((group) => projectionGroups[group] ?? []), log }
    const checkpoints = await models.checkpoints()
    const inNewFiles = where.readModelsUrl === undefined && areAllNew(work, names, checkpoints)
    if (!inNewFiles) return await foldInPlace(work, models, names, checkpoints)
    return await foldIntoFiles(work, { groups, path: pathsIn(where.dataDir).readModels, checkpoints })
  } finally {
    await close()
  }
}

const ofWork = ({ projections }: Work, checkpoints: readonly Checkpoint[]) =>
  checkpoints.filter((checkpoint) => projections.some(({ name }) => name === checkpoint.name))

/** Whether nothing of the groups is kept: all of it is to be built anew, or nothing was ever folded. */
const areAllNew = (work: Work, names: readonly string[], checkpoints: readonly Checkpoint[]): boolean =>
  work.projections.every(({ name }) => names.includes(name)) ||
  ofWork(work, checkpoints).every(({ position }) => position === START)

function running({ store, projections, log }: Work, models: ReadModels, batches: { readonly batchSize?: number } = {}) {
  const stopping = new AbortController()
  const failures: string[] = []
  const runner = startProjections({
    store,
    models,
    projections,
    signal: stopping.signal,
    log,
    ...batches,
    onFailure: ({ projection, reason }) => failures.push(`${projection} stopped: ${reason}`),
  })
  const stop = async () => {
    stopping.abort()
    await runner.stopped
  }
  return { runner, failures, stop }
}

async function foldInPlace(
  work: Work,
  models: ReadModels,
  names: readonly string[],
  checkpoints: readonly Checkpoint[],
): Promise<readonly string[]> {
  const { runner, failures, stop } = running(work, models)
  await runner.caughtUp
  // What was never built is new as soon as it has caught up.
  const again = names.filter((name) => checkpoints.some((checkpoint) => checkpoint.name === name))
  if (again.length > 0) await runner.rebuild(...again)
  await stop()
  return failures
}

interface NewFiles {
  readonly groups: readonly number[]
  /** Of the first group's file. */
  readonly path: string
  readonly checkpoints: readonly Checkpoint[]
}

/** Where something is served already, it is replaced only by what is whole. */
async function foldIntoFiles(work: Work, { groups, path, checkpoints }: NewFiles): Promise<readonly string[]> {
  const { eventStore } = work
  const successors: Successor[] = []
  try {
    for (const group of groups)
      successors.push(await beginSuccessor(groupPath(path, group), projectionGroups[group] ?? []))
    const models = groupedReadModels({
      files: successors.map((successor) => successor.models),
      fileOf: (name) => groups.indexOf(groupOf(name)),
    })
    const broken = Promise.race(successors.map((successor) => successor.broken))
    const { runner, failures, stop } = running(work, models, { batchSize: smallBatch })
    try {
      await Promise.race([runner.caughtUp, broken])
      const isServed = ofWork(work, checkpoints).some(({ position }) => position > START)
      if (isServed && failures.length > 0) return failures
      const finish = async () => {
        eventStore.wake?.()
        const head = await eventStore.head()
        await Promise.race([runner.waitFor(head, patience), broken])
        await stop()
      }
      await takeOver(successors, finish)
      return failures
    } finally {
      await stop()
    }
  } finally {
    for (const successor of successors) successor.discard()
  }
}

/** One within the other, so that nobody saves in any of the files that they replace while they are finished. */
const takeOver = ([first, ...others]: readonly Successor[], finish: () => Promise<void>): Promise<void> =>
  first ? first.takeOver(() => takeOver(others, finish)) : finish()
