// A thread that folds much of the log for one group of projections, and ends.
import { parentPort, workerData } from 'node:worker_threads'
import pino from 'pino'
import { projectionGroups } from '../projections/index.ts'
import { catalogues } from './domain/events.ts'
import { coded } from './kernel/codec.ts'
import { openVault } from './kernel/vault.ts'
import { openStores } from './opening.ts'
import { type Done, share } from './rebuilding.ts'
import { startProjections } from './subscribers/projection-runner.ts'

const { where, group, names, masterKey, logLevel } = share.parse(workerData)

const log = pino({ level: logLevel })
const { eventStore, models, keyValue, close } = await openStores(where, { log, readOnly: true })
// What was never built is new as soon as it has caught up.
const built = await models.checkpoints()
const stopping = new AbortController()
const failures: string[] = []

const runner = startProjections({
  store: coded(eventStore, catalogues, openVault(keyValue, Buffer.from(masterKey))),
  models,
  projections: projectionGroups[group] ?? [],
  signal: stopping.signal,
  log,
  onFailure: ({ projection, reason }) => failures.push(`${projection} stopped: ${reason}`),
})
await runner.caughtUp
const again = names.filter((name) => built.some((checkpoint) => checkpoint.name === name))
if (again.length > 0) await runner.rebuild(...again)
stopping.abort()
await runner.stopped
await close()
parentPort?.postMessage({ failures } satisfies Done)
