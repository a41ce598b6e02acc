// How a generation of a read model lies in tables: documents as JSON with a column for each indexed field, and the words that can be searched.
import type { DatabaseSync } from 'node:sqlite'
import type { Collection, Generation, Scalar } from '../../kernel/read-models.ts'

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

/** Every field that is part of an index, once. */
export const indexedFields = ({ indexes }: Collection): readonly string[] => [...new Set(indexes.flat())]

/** The value of a column: SQLite has no booleans. What is no scalar cannot be found by. */
export function columnValue(value: unknown): string | number | null {
  if (typeof value === 'boolean') return value ? 1 : 0
  return typeof value === 'string' || typeof value === 'number' ? value : null
}

export const scalarValue = (value: Scalar): string | number | null => columnValue(value)

/** Makes the tables of a generation, without its secondary indexes: those are quicker built at the end. */
export function createTables(database: DatabaseSync, { collection, number }: Generation): void {
  const columns = indexedFields(collection).map((field) => `, ${columnOf(field)}`)
  database.exec(`CREATE TABLE IF NOT EXISTS ${tableOf(collection.name, number)}
    (id TEXT PRIMARY KEY, position INTEGER NOT NULL, document TEXT, words TEXT${columns.join('')})`)
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

/** Each index ends with the id, by which ties are broken and pages continued. */
export function createIndexes(database: DatabaseSync, { collection, number }: Generation): void {
  const table = tableOf(collection.name, number)
  for (const index of collection.indexes) {
    const fields = typeof index === 'string' ? [index] : index
    const name = quoted(`${collection.name}/${number}/${fields.join('+')}`)
    database.exec(`CREATE INDEX IF NOT EXISTS ${name} ON ${table} (${fields.map(columnOf).join(', ')}, id)`)
  }
}

export function dropTables(database: DatabaseSync, name: string, number: number): void {
  database.exec(`DROP TABLE IF EXISTS ${tableOf(name, number)}; DROP TABLE IF EXISTS ${wordsOf(name, number)}`)
}
