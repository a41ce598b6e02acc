// How a generation of a read model lies in tables: documents as JSON with a column for each indexed field, and the words that can be searched.
import type { DatabaseSync } from 'node:sqlite'
import { type Generation, indexedFields, indexesOf } from '../../kernel/read-models.ts'

export const schema = `
  CREATE TABLE IF NOT EXISTS generations (
    name TEXT NOT NULL,
    number INTEGER NOT NULL,
    version INTEGER NOT NULL,
    position INTEGER NOT NULL DEFAULT -1,
    live INTEGER NOT NULL,
    failure TEXT,
    PRIMARY KEY (name, number)
  ) WITHOUT ROWID;
`

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

export const tableOf = (name: string, number: number): string => quoted(`${name}/${number}`)
export const wordsOf = (name: string, number: number): string => quoted(`${name}/${number}/words`)
/** Prefixed, so that a document's own `id` or `position` does not clash. */
export const columnOf = (field: string): string => quoted(`field/${field}`)

/** Makes the tables of a generation, without its secondary indexes: those are quicker built at the end. */
export function createTables(database: DatabaseSync, { collection, number }: Generation): void {
  const columns = indexedFields(collection).map((field) => `${columnOf(field)}, `)
  // The document comes last: what is sought stands before it, and SQLite reads a row from its start.
  database.exec(`CREATE TABLE IF NOT EXISTS ${tableOf(collection.name, number)}
    (id TEXT PRIMARY KEY, position INTEGER NOT NULL, ${columns.join('')}words TEXT, document TEXT)`)
  if (collection.search)
    database.exec(`CREATE TABLE IF NOT EXISTS ${wordsOf(collection.name, number)}
      (word TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (word, id)) WITHOUT ROWID`)
}

/** Whether the tables of a generation, if it has any, were made for all that the collection declares now. */
export function hasDeclaredColumns(database: DatabaseSync, { collection, number }: Generation): boolean {
  const columnsOf = (table: string) => database.prepare(`PRAGMA table_info(${table})`).all()
  const columns = columnsOf(tableOf(collection.name, number)).map(({ name }) => quoted(String(name)))
  if (columns.length === 0) return true
  if (collection.search && columnsOf(wordsOf(collection.name, number)).length === 0) return false
  return indexedFields(collection).every((field) => columns.includes(columnOf(field)))
}

/** In each index the id follows the fields: by it ties are broken and pages continued. */
export function createIndexes(database: DatabaseSync, { collection, number }: Generation): void {
  const table = tableOf(collection.name, number)
  for (const { fields, beside } of indexesOf(collection)) {
    const name = quoted(`${collection.name}/${number}/${[...fields, ...beside].join('+')}`)
    const columns = [...fields.map(columnOf), 'id', ...beside.map(columnOf)]
    database.exec(`CREATE INDEX IF NOT EXISTS ${name} ON ${table} (${columns.join(', ')})`)
  }
}

export function dropTables(database: DatabaseSync, name: string, number: number): void {
  database.exec(`DROP TABLE IF EXISTS ${tableOf(name, number)}; DROP TABLE IF EXISTS ${wordsOf(name, number)}`)
}
