// The embedded read models against the contract of their port.
import { openSqliteReadModels } from '../../src/stores/sqlite/read-models.ts'
import { readModelsContract } from './read-models.ts'
import { inNewFolder } from './sqlite.ts'

readModelsContract(
  'SQLite',
  inNewFolder((path) => openSqliteReadModels({ path })),
)
