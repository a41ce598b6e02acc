// The embedded event store against the contract of its port.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSqliteEventStore } from '../../src/stores/sqlite/event-store.ts'
import { eventStoreContract } from './event-store.ts'

eventStoreContract('SQLite', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'caminho-log-'))
  const path = join(folder, 'log.db')
  let store = openSqliteEventStore({ path })
  return {
    store,
    async reopen() {
      await store.close()
      store = openSqliteEventStore({ path })
      return store
    },
    async destroy() {
      await store.close()
      await rm(folder, { recursive: true })
    },
  }
})
