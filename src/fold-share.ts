// Folding much of the log for one group of projections: into a new file where the whole group is built anew, else where its read models are.
import pino from 'pino'
import { projectionGroups } from '../projections/index.ts'
import { catalogues } from './domain/events.ts'
import { groupPath } from './embedded-read-models.ts'
import { coded } from './kernel/codec.ts'
import { type EventStore, START } from './kernel/event-store.ts'
import type { Projection } from './kernel/projection.ts'
import type { Checkpoint, ReadModels } from './kernel/read-models.ts'
import { openVault } from './kernel/vault.ts'
import { type OpenedEventStore, openStores, pathsIn } from './opening.ts'
import type { Share } from './rebuilding.ts'
import { beginSuccessor } from './stores/sqlite/successor.ts'
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
export async function foldShare({ where, group, names, masterKey, logLevel }: Share): Promise<readonly string[]> {
  const log = pino({ level: logLevel })
  const { eventStore, models, keyValue, close } = await openStores(where, { log, readOnly: true })
  try {
    const store = coded(eventStore, catalogues, openVault(keyValue, Buffer.from(masterKey)))
    const work = { eventStore, store, projections: projectionGroups[group] ?? [], log }
    const checkpoints = await models.checkpoints()
    const ownFile = where.readModelsUrl === undefined && areAllNew(work, names, checkpoints)
    if (!ownFile) return await foldInPlace(work, models, names, checkpoints)
    const path = groupPath(pathsIn(where.dataDir).readModels, group)
    return await foldIntoFile(work, path, checkpoints)
  } finally {
    await close()
  }
}

const ofWork = ({ projections }: Work, checkpoints: readonly Checkpoint[]) =>
  checkpoints.filter((checkpoint) => projections.some(({ name }) => name === checkpoint.name))

/** Whether nothing of the group is kept: all of it is to be built anew, or nothing was ever folded. */
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

/** Where something is served already, it is replaced only by what is whole. */
async function foldIntoFile(work: Work, path: string, checkpoints: readonly Checkpoint[]): Promise<readonly string[]> {
  const { eventStore, projections } = work
  const successor = await beginSuccessor(path, projections)
  const { runner, failures, stop } = running(work, successor.models, { batchSize: smallBatch })
  try {
    await Promise.race([runner.caughtUp, successor.broken])
    const isServed = ofWork(work, checkpoints).some(({ position }) => position > START)
    if (isServed && failures.length > 0) return failures
    await successor.takeOver(async () => {
      eventStore.wake?.()
      const head = await eventStore.head()
      await Promise.race([runner.waitFor(head, patience), successor.broken])
      await stop()
    })
    return failures
  } finally {
    await stop()
    successor.discard()
  }
}
