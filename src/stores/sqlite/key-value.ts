// The embedded key-value store: one table. What is deleted is overwritten in the files, since it may be a key that must never be found again.
import { UnavailableError } from '../../kernel/errors.ts'
import type { Entry, KeyValueStore } from '../../kernel/key-value.ts'
import { openDatabase, reaching } from './database.ts'

const part = 'the key-value store'

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

export interface SqliteKeyValueOptions {
  readonly path: string
  /** Milliseconds to wait for another process that uses the file; default 5,000. */
  readonly busyTimeout?: number
}

/** Opens the store in a file, made when there is none. */
export function openSqliteKeyValue({ path, busyTimeout }: SqliteKeyValueOptions): KeyValueStore {
  const database = openDatabase(part, {
    path,
    durability: 'full',
    cache: 1,
    ...(busyTimeout !== undefined && { busyTimeout }),
  })
  reaching(part, () => database.exec(`PRAGMA secure_delete = ON; ${schema}`))
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
  const checkpoint = database.prepare('PRAGMA wal_checkpoint(TRUNCATE)')
  const range = database.prepare(
    `SELECT key, value, version FROM entries
     WHERE space = ? AND key > ? AND substr(key, 1, length(?)) = ? ORDER BY key LIMIT ?`,
  )

  // One step of the index a space: a plain DISTINCT would go through all entries.
  const nextSpace = database.prepare('SELECT min(space) AS space FROM entries WHERE space > ?')

  const put = (space: string, key: string, value: string, expected: number | undefined): unknown => {
    if (expected === undefined) return upsert.get(space, key, value)?.version
    if (expected === 0) return insert.get(space, key, value)?.version
    return replace.get(value, space, key, expected)?.version
  }

  /** Older pages still lie in the write-ahead log until it is folded into the file and cut off. */
  const scrub = (): void => {
    const { busy } = checkpoint.get() ?? {}
    if (busy !== 0) throw new UnavailableError(part)
  }

  return {
    get: async (space, key) =>
      reaching(part, () => {
        const row = one.get(space, key)
        return row && entryOf(row)
      }),
    getMany: async (space, keys) => reaching(part, () => some.all(space, JSON.stringify(keys)).map(entryOf)),
    async put(space, key, value, { expected } = {}) {
      const text = JSON.stringify(value)
      const version = reaching(part, () => put(space, key, text, expected))
      return version === undefined ? undefined : Number(version)
    },
    async delete(space, key) {
      const { changes } = reaching(part, () => remove.run(space, key))
      // Also where there is no entry: an earlier delete may have failed here.
      scrub()
      return changes > 0
    },
    list: async (space, { prefix = '', after = '', limit = 1_000 } = {}) =>
      reaching(part, () => range.all(space, after, prefix, prefix, limit).map(entryOf)),
    spaces: async () =>
      reaching(part, () => {
        const found: string[] = []
        for (let space = ''; ; found.push(space)) {
          const row = nextSpace.get(space)
          if (typeof row?.space !== 'string') return found
          space = row.space
        }
      }),
    async close() {
      database.close()
    },
  }
}
