// A thread that folds much of the log for one group of projections, into their own file, and ends.
import { parentPort, workerData } from 'node:worker_threads'
import pino from 'pino'
import { projectionGroups } from '../projections/index.ts'
import { catalogues } from './domain/events.ts'
import { coded } from './kernel/codec.ts'
import { openVault } from './kernel/vault.ts'
import { type Done, share } from './rebuilding.ts'
import { openSqliteEventStore } from './stores/sqlite/event-store.ts'
import { openSqliteKeyValue } from './stores/sqlite/key-value.ts'
import { openSqliteReadModels } from './stores/sqlite/read-models.ts'
import { startProjections } from './subscribers/projection-runner.ts'

const { group, names, events, readModels, keyValue, masterKey, logLevel } = share.parse(workerData)

const keys = openSqliteKeyValue({ path: keyValue })
const store = coded(
  openSqliteEventStore({ path: events, readOnly: true }),
  catalogues,
  openVault(keys, Buffer.from(masterKey)),
)
const models = openSqliteReadModels({ path: readModels })
// What was never built is new as soon as it has caught up.
const built = await models.checkpoints()
const stopping = new AbortController()
const failures: string[] = []

const runner = startProjections({
  store,
  models,
  projections: projectionGroups[group] ?? [],
  signal: stopping.signal,
  log: pino({ level: logLevel }),
  onFailure: ({ projection, reason }) => failures.push(`${projection} stopped: ${reason}`),
})
await runner.caughtUp
const again = names.filter((name) => built.some((checkpoint) => checkpoint.name === name))
if (again.length > 0) await runner.rebuild(...again)
stopping.abort()
await runner.stopped
await Promise.all([models.close(), store.close(), keys.close()])
parentPort?.postMessage({ failures } satisfies Done)
