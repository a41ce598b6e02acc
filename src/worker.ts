// The projections' thread: folding happens beside the thread that serves people, with connections of its own, on one node at a time.
import { parentPort, workerData } from 'node:worker_threads'
import pino from 'pino'
import { z } from 'zod'
import { projections } from '../projections/index.ts'
import { catalogues } from './domain/events.ts'
import { coded } from './kernel/codec.ts'
import { noTracing, toldTracing } from './kernel/tracing.ts'
import { openVault } from './kernel/vault.ts'
import { giveBackMemory } from './memory.ts'
import { logOptions } from './monitoring/logs/log.ts'
import { areShared, leasesAt, openStores } from './opening.ts'
import { type FromWorker, toWorker } from './projecting.ts'
import { catchUpInThreads, folding, rebuildAnew } from './rebuilding.ts'
import { systemClock } from './subscribers/clock.ts'
import { holdsIn, obeyHolds } from './subscribers/holds.ts'
import type { Lease } from './subscribers/leases.ts'
import { type ProjectionRunner, startProjections } from './subscribers/projection-runner.ts'
import { hearProgress, nameOf, tellProgress } from './subscribers/shared-progress.ts'

const { told, traced, ...settings } = folding
  .extend({ told: z.instanceof(Int32Array), traced: z.boolean() })
  .parse(workerData)
if (!parentPort) throw new Error('worker.ts runs as a worker thread of main.ts')
const port = parentPort
const tell = (message: FromWorker) => port.postMessage(message)

const log = pino(logOptions(settings.logLevel), { write: (line) => tell({ kind: 'log', line }) })
const tracing = traced ? toldTracing({ tell: (span) => tell({ kind: 'span', span }), now: Date.now }) : noTracing
const { where } = settings
const { eventStore, models, keyValue, close } = await openStores(where, { log, readOnly: true })
const store = coded(eventStore, catalogues, openVault(keyValue, Buffer.from(settings.masterKey)))
const stopping = new AbortController()

/** There while this node is the one that runs the projections. */
let runner: ProjectionRunner | undefined

const run = async ({ signal }: Lease): Promise<void> => {
  runner = startProjections({
    store,
    models,
    projections,
    signal,
    log,
    yielding: areShared(where),
    tracing,
    onProgress: (position) => tell({ kind: 'progress', position }),
    onFailure: ({ projection, reason }) => tell({ kind: 'failed', projection, reason }),
  })
  void runner.caughtUp.then(giveBackMemory)
  await Promise.all([runner.stopped, keepHolds(runner, signal)])
  runner = undefined
}

/** Milliseconds between two looks at what an administrator has stopped and started. */
const lookAtHolds = 2_000

const keepHolds = async (runner: ProjectionRunner, signal: AbortSignal): Promise<void> => {
  const obey = obeyHolds(runner, holdsIn(keyValue))
  while (!signal.aborted) {
    await obey().catch((error: unknown) => log.warn({ err: error }, 'projections cannot be held or resumed now'))
    await systemClock.sleep(lookAtHolds, signal)
  }
}

const rebuild = async (projection: string): Promise<void> => {
  try {
    if (runner) await runner.rebuild(projection)
    else for (const failure of await rebuildAnew(settings, [projection])) log.error({ projection }, failure)
  } catch (error) {
    log.error({ projection, err: error }, `${projection} could not be built anew; ask again when the stores are there`)
  }
}

const shareProgress = async (name: string): Promise<void> => {
  const hear = (position: bigint) => tell({ kind: 'progress', position })
  await Promise.all([
    tellProgress(() => runner?.positions().position, { keyValue, name }, stopping.signal),
    hearProgress(hear, { keyValue, name, listens: () => !runner }, stopping.signal),
  ])
}

await catchUpInThreads(settings, log).catch((error: unknown) =>
  log.warn({ err: error }, 'catching up in threads failed'),
)
const name = nameOf(projections)
const running = Promise.all([
  leasesAt(where, { keyValue, log }).whileHeld(name, run, stopping.signal),
  areShared(where) ? shareProgress(name) : undefined,
])

/**
 * Milliseconds from one look at the log to the next: what a busy shop appends in between is folded and saved in one stroke, which costs a third
 * less when it is many. Nobody is kept waiting for that: whoever wants to read what was appended says so.
 */
const gather = { unasked: 250, wanted: 25 }
let lookedAt = Number.NEGATIVE_INFINITY
/** The time of the next look, as far as one is due. */
let due = Number.POSITIVE_INFINITY
let timer: NodeJS.Timeout | undefined

function lookAfter(milliseconds: number): void {
  const time = lookedAt + milliseconds
  if (time >= due) return
  due = time
  clearTimeout(timer)
  const wait = time - performance.now()
  if (wait <= 0) look()
  else timer = setTimeout(look, wait)
}

function look(): void {
  lookedAt = performance.now()
  due = Number.POSITIVE_INFINITY
  // First this, then the look: what is appended in between is told again.
  Atomics.store(told, 0, 0)
  eventStore.wake?.()
}

port.on('message', async (message: unknown) => {
  const asked = toWorker.parse(message)
  if (asked.kind === 'appended') lookAfter(gather.unasked)
  if (asked.kind === 'wanted') lookAfter(gather.wanted)
  if (asked.kind === 'rebuild') await rebuild(asked.projection)
  if (asked.kind === 'close') {
    stopping.abort()
    await running
    await close()
    port.close()
  }
})
