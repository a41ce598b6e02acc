// The embedded event store against the contract of its port.
import { openSqliteEventStore } from '../../src/stores/sqlite/event-store.ts'
import { eventStoreContract } from './event-store.ts'
import { inNewFolder } from './sqlite.ts'

eventStoreContract(
  'SQLite',
  inNewFolder((path) => openSqliteEventStore({ path })),
)
