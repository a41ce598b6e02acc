// The embedded key-value store: one table. What is deleted is overwritten in the files, since it may be a key that must never be found again.
import type { Entry, KeyValueStore } from '../../kernel/key-value.ts'
import { openDatabase } from './database.ts'

const schema = `
  CREATE TABLE IF NOT EXISTS entries (
    space TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (space, key)
  ) WITHOUT ROWID;
`

interface Row {
  readonly key: string
  readonly value: string
  readonly version: number
}

const entryOf = (row: unknown): Entry => {
  const { key, value, version } = row as Row
  return { key, value: JSON.parse(value), version }
}

/** Opens the store in a file, made when there is none. */
export function openSqliteKeyValue({ path }: { readonly path: string }): KeyValueStore {
  const database = openDatabase('the key-value store', { path, durability: 'full' })
  database.exec(`PRAGMA secure_delete=ON; ${schema}`)
  const one = database.prepare('SELECT key, value, version FROM entries WHERE space = ? AND key = ?')
  const some = database.prepare(
    'SELECT key, value, version FROM entries WHERE space = ? AND key IN (SELECT value FROM json_each(?))',
  )
  const upsert = database.prepare(
    `INSERT INTO entries (space, key, value, version) VALUES (?, ?, ?, 1)
     ON CONFLICT DO UPDATE SET value = excluded.value, version = version + 1 RETURNING version`,
  )
  const insert = database.prepare(
    'INSERT INTO entries (space, key, value, version) VALUES (?, ?, ?, 1) ON CONFLICT DO NOTHING RETURNING version',
  )
  const replace = database.prepare(
    'UPDATE entries SET value = ?, version = version + 1 WHERE space = ? AND key = ? AND version = ? RETURNING version',
  )
  const remove = database.prepare('DELETE FROM entries WHERE space = ? AND key = ?')
  const range = database.prepare(
    `SELECT key, value, version FROM entries
     WHERE space = ? AND key > ? AND substr(key, 1, length(?)) = ? ORDER BY key LIMIT ?`,
  )

  const put = (space: string, key: string, value: string, expected: number | undefined): unknown => {
    if (expected === undefined) return upsert.get(space, key, value)?.version
    if (expected === 0) return insert.get(space, key, value)?.version
    return replace.get(value, space, key, expected)?.version
  }

  return {
    async get(space, key) {
      const row = one.get(space, key)
      return row && entryOf(row)
    },
    getMany: async (space, keys) => some.all(space, JSON.stringify(keys)).map(entryOf),
    async put(space, key, value, { expected } = {}) {
      const version = put(space, key, JSON.stringify(value), expected)
      return version === undefined ? undefined : Number(version)
    },
    async delete(space, key) {
      const { changes } = remove.run(space, key)
      // Older pages still lie in the write-ahead log until it is folded into the file and cut off.
      if (changes > 0) database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
      return changes > 0
    },
    list: async (space, { prefix = '', after = '', limit = 1_000 } = {}) =>
      range.all(space, after, prefix, prefix, limit).map(entryOf),
    async close() {
      database.close()
    },
  }
}
