// The embedded read models against the contract of their port.
import { groupedReadModels } from '../../src/stores/sqlite/grouped-read-models.ts'
import { openSqliteReadModels } from '../../src/stores/sqlite/read-models.ts'
import { readModelsContract } from './read-models.ts'
import { inNewFolder } from './sqlite.ts'

readModelsContract(
  'SQLite',
  inNewFolder((path) => openSqliteReadModels({ path })),
)

/** Names differ in their last character. */
const fileOf = (name: string) => name.charCodeAt(name.length - 1) % 2

readModelsContract(
  'SQLite, in two files',
  inNewFolder((path) =>
    groupedReadModels({ files: [path, `${path}-2`].map((file) => openSqliteReadModels({ path: file })), fileOf }),
  ),
)
