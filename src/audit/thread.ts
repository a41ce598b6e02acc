// The thread of one task of the audit.
import { workerData } from 'node:worker_threads'
import { projections } from '../../projections/index.ts'
import { catalogues } from '../domain/events.ts'
import { coded } from '../kernel/codec.ts'
import type { EventStore } from '../kernel/event-store.ts'
import { openVault } from '../kernel/vault.ts'
import { openStores } from '../opening.ts'
import { doTask, tellingProgress } from '../task-thread.ts'
import { foldPast } from './past.ts'
import { publicKeyFrom } from './statement.ts'
import { verifyLog } from './verify-log.ts'
import { whatIf } from './what-if.ts'
import { asked } from './work.ts'

const { folding, task } = asked.parse(workerData)
const onProgress = tellingProgress((events) => events)

/** Reads the log as it is decoded. */
async function reading<Result>(use: (store: EventStore) => Promise<Result>): Promise<Result> {
  const { eventStore, keyValue, close } = await openStores(folding.where, { readOnly: true })
  try {
    return await use(coded(eventStore, catalogues, openVault(keyValue, Buffer.from(folding.masterKey))))
  } finally {
    await close()
  }
}

function work(): Promise<unknown> {
  switch (task.kind) {
    case 'past': {
      const { to, path } = task
      const wanted = projections.filter(({ name }) => task.projections.includes(name))
      return reading((store) => foldPast(store, wanted, { to, path, onProgress }))
    }
    case 'what-if':
      return reading((store) => whatIf(store, task.rule, task.to, onProgress))
    case 'verify':
      return verifyLog(folding.where, { onProgress, ...(task.key !== undefined && { key: publicKeyFrom(task.key) }) })
  }
}

await doTask(work)
