// The projections' thread: node:sqlite is synchronous, so folding happens beside the thread that serves people, with connections of its own.
import { parentPort, workerData } from 'node:worker_threads'
import pino from 'pino'
import { z } from 'zod'
import { projections } from '../projections/index.ts'
import { catalogues } from './domain/events.ts'
import { openEmbeddedReadModels } from './embedded-read-models.ts'
import { coded } from './kernel/codec.ts'
import { openVault } from './kernel/vault.ts'
import { type FromWorker, toWorker } from './projecting.ts'
import { catchUpInThreads, folding } from './rebuilding.ts'
import { openSqliteEventStore } from './stores/sqlite/event-store.ts'
import { openSqliteKeyValue } from './stores/sqlite/key-value.ts'
import { startProjections } from './subscribers/projection-runner.ts'

const settings = folding.extend({ told: z.instanceof(Int32Array) }).parse(workerData)
if (!parentPort) throw new Error('worker.ts runs as a worker thread of main.ts')
const port = parentPort
const tell = (message: FromWorker) => port.postMessage(message)

const keyValue = openSqliteKeyValue({ path: settings.keyValue })
const eventStore = openSqliteEventStore({ path: settings.events, readOnly: true })
const models = openEmbeddedReadModels({ path: settings.readModels })
const store = coded(eventStore, catalogues, openVault(keyValue, Buffer.from(settings.masterKey)))
const stopping = new AbortController()

const log = pino({ level: settings.logLevel })
const { told: _, ...where } = settings
await catchUpInThreads(where).catch((error: unknown) => log.warn({ err: error }, 'catching up in threads failed'))
const runner = startProjections({
  store,
  models,
  projections,
  signal: stopping.signal,
  log,
  onProgress: (position) => tell({ kind: 'progress', position }),
  onFailure: ({ projection, reason }) => tell({ kind: 'failed', projection, reason }),
})

port.on('message', async (message: unknown) => {
  const asked = toWorker.parse(message)
  if (asked.kind === 'appended') {
    // First this, then the look: what is appended in between is told again.
    Atomics.store(settings.told, 0, 0)
    eventStore.wake()
  }
  if (asked.kind === 'rebuild') await runner.rebuild(asked.projection)
  if (asked.kind === 'close') {
    stopping.abort()
    await runner.stopped
    await Promise.all([models.close(), store.close(), keyValue.close()])
    port.close()
  }
})
