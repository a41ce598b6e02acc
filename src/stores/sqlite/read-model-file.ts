// A file of read models: one table a generation. What is lost with it can be folded again from the log.
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { UnavailableError } from '../../kernel/errors.ts'
import {
  type Checkpoint,
  type Collection,
  type Generation,
  indexedFields,
  type Page,
  type Query,
  type ReadModels,
  type Save,
  type Stored,
} from '../../kernel/read-models.ts'
import { comparable, cursorOf, limitOf, orderOf, type Place, placeOf, type Value, wordsOfDocument } from '../queries.ts'
import { reaching, rowsOf, single } from './database.ts'
import { type Clause, filterOf, orderSql, stretchesOf } from './document-query.ts'
import {
  columnOf,
  createIndexes,
  createTables,
  dropTables,
  hasDeclaredColumns,
  schema,
  tableOf,
  wordsOf,
} from './document-tables.ts'

/** [id, position, document, sort value] */
type Row = readonly [string, number, string | null, Value?]

const storedOf = <Doc>([id, position, document]: Row): Stored<Doc> => ({
  id,
  position: BigInt(position),
  document: JSON.parse(document ?? 'null'),
})

/** Another file has taken this one's place; what is in here is not kept current any more. */
export class ReplacedError extends UnavailableError {
  constructor() {
    super('a file of read models that was replaced')
    this.name = 'ReplacedError'
  }
}

/** Runs what belongs together. */
export type Transaction = (work: () => void) => void

/** Each time a transaction of its own. */
export const transactionsOf =
  (database: DatabaseSync): Transaction =>
  (work) => {
    try {
      database.exec('BEGIN IMMEDIATE')
      work()
      database.exec('COMMIT')
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK')
      throw error
    }
  }

/** Marks the file of read models as replaced by another: whoever has it open finds nothing in it any more, and looks for that one. */
export function markReplaced(database: DatabaseSync): void {
  database.exec('PRAGMA user_version = 1; DELETE FROM generations')
}

/** Asks whether the file was replaced. */
export function replacementOf(database: DatabaseSync): () => boolean {
  const version = rowsOf(database, 'PRAGMA user_version')
  return () => single(version.get()) === 1
}

/** The read models in an open file. Every method may throw ReplacedError. */
export function readModelsIn(database: DatabaseSync, transaction: Transaction): ReadModels {
  reaching('the read models', () => database.exec(schema))
  const isReplaced = replacementOf(database)

  const statements = new Map<string, StatementSync>()
  const prepared = (sql: string): StatementSync => {
    let statement = statements.get(sql)
    if (!statement) {
      if (statements.size >= 2_000) statements.clear()
      statement = database.prepare(sql)
      statement.setReturnArrays(true)
      statements.set(sql, statement)
    }
    return statement
  }
  const all = (sql: string, values: readonly Value[]): readonly Row[] =>
    prepared(sql).all(...values) as unknown as Row[]

  const liveNumber = (name: string): number | undefined => {
    const row = prepared('SELECT number FROM generations WHERE name = ? AND live = 1').get(name) as unknown as
      | readonly [number]
      | undefined
    if (!row && isReplaced()) throw new ReplacedError()
    return row?.[0]
  }

  /** Asks the live generation. It may be dropped by another thread between looking it up and asking: then the one after it is asked. */
  const ask = <Answer>(collection: Collection, none: Answer, question: (number: number) => Answer): Answer => {
    for (let tries = 0; ; tries += 1) {
      const number = liveNumber(collection.name)
      if (number === undefined) return none
      try {
        return question(number)
      } catch (error) {
        if (isMissing(error) && tries < 3) continue
        throw isOfSqlite(error) ? new UnavailableError(`the read model ${collection.name}`, { cause: error }) : error
      }
    }
  }

  const inTransaction: Transaction = (work) => {
    try {
      transaction(() => {
        if (isReplaced()) throw new ReplacedError()
        work()
      })
    } catch (error) {
      throw isOfSqlite(error) ? new UnavailableError('a generation of a read model', { cause: error }) : error
    }
  }

  const pageOf = <Doc extends object>(collection: Collection<Doc>, number: number, query: Query<Doc>): Page<Doc> => {
    const { after } = query
    const limit = limitOf(query)
    const order = orderOf(collection, query)
    const filter = filterOf(collection, number, query)
    const rows: Row[] = []
    for (const stretch of stretchesOf(order, after === undefined ? undefined : placeOf(order, after))) {
      if (rows.length > limit) break
      const sql = `SELECT id, position, document, ${order.by === undefined ? 'NULL' : columnOf(order.by)}
        FROM ${tableOf(collection.name, number)} WHERE ${filter.sql} AND ${stretch.sql} ${orderSql(order)} LIMIT ?`
      rows.push(...all(sql, [...filter.values, ...stretch.values, limit + 1 - rows.length]))
    }
    const shown = rows.slice(0, limit)
    const last = shown.at(-1)
    const place: Place | undefined = rows.length > limit && last ? { value: last[3] ?? null, id: last[0] } : undefined
    return { items: shown.map((row) => storedOf<Doc>(row)), ...(place && { next: cursorOf(order, place) }) }
  }

  /** Prepared once for a generation, since a rebuild saves millions of documents. */
  const writers = new Map<string, (save: Save) => void>()
  const writerOf = ({ collection, number }: Generation): ((save: Save) => void) => {
    const table = tableOf(collection.name, number)
    const known = writers.get(table)
    if (known) return known
    const fields = indexedFields(collection)
    const found = ['words', ...fields.map(columnOf)]
    const columns = ['position', 'document', ...found]
    const upsert = database.prepare(
      `INSERT INTO ${table} (id, ${columns.join(', ')}) VALUES (?${', ?'.repeat(columns.length)})
       ON CONFLICT (id) DO UPDATE SET ${columns.map((column) => `${column} = excluded.${column}`).join(', ')}
       WHERE excluded.position > position`,
    )
    // SQLite writes an index anew whenever one of its columns is set, also to what it was.
    const update = database.prepare(
      `UPDATE ${table} SET position = ?, document = ?
       WHERE id = ? AND position < ? AND ${found.map((column) => `${column} IS ?`).join(' AND ')}`,
    )
    const index = collection.search && wordIndexOf({ collection, number })
    const write = ({ id, position, document, isNew }: Save): void => {
      const fieldsOf = (document ?? {}) as Record<string, unknown>
      const words = index ? wordsOfDocument(collection, fieldsOf).join(' ') : null
      const values = fields.map((field) => comparable(fieldsOf[field]))
      const [at, text] = [Number(position), document && JSON.stringify(document)]
      if (!isNew && update.run(at, text, id, at, words, ...values).changes > 0) return
      const before = index?.before(id)
      const { changes } = upsert.run(id, at, text, words, ...values)
      if (index && changes > 0) index.change(id, before ?? '', words ?? '')
    }
    writers.set(table, write)
    return write
  }

  const wordIndexOf = ({ collection, number }: Generation) => {
    const table = wordsOf(collection.name, number)
    const known = database.prepare(`SELECT words FROM ${tableOf(collection.name, number)} WHERE id = ?`)
    const add = database.prepare(`INSERT OR IGNORE INTO ${table} (word, id) VALUES (?, ?)`)
    const remove = database.prepare(`DELETE FROM ${table} WHERE word = ? AND id = ?`)
    const split = (words: string) => new Set(words === '' ? [] : words.split(' '))
    return {
      before: (id: string): string => String(known.get(id)?.words ?? ''),
      change(id: string, before: string, after: string): void {
        if (before === after) return
        const [old, fresh] = [split(before), split(after)]
        for (const word of old.difference(fresh)) remove.run(word, id)
        for (const word of fresh.difference(old)) add.run(word, id)
      },
    }
  }

  const matching = (collection: Collection, number: number, filter: Clause, what: string): readonly Row[] =>
    all(`SELECT ${what} FROM ${tableOf(collection.name, number)} WHERE ${filter.sql}`, filter.values)

  return {
    async get<Doc extends object>(collection: Collection<Doc>, id: string) {
      return ask(collection, undefined, (number) => {
        const [row] = matching(
          collection,
          number,
          { sql: 'id = ? AND document IS NOT NULL', values: [id] },
          'id, position, document',
        )
        return row && storedOf<Doc>(row)
      })
    },

    async getMany<Doc extends object>(collection: Collection<Doc>, ids: readonly string[]) {
      const filter = {
        sql: 'id IN (SELECT value FROM json_each(?)) AND document IS NOT NULL',
        values: [JSON.stringify(ids)],
      }
      return ask(collection, [], (number) =>
        matching(collection, number, filter, 'id, position, document').map((row) => storedOf<Doc>(row)),
      )
    },

    async find<Doc extends object>(collection: Collection<Doc>, query: Query<Doc> = {}) {
      return ask<Page<Doc>>(collection, { items: [] }, (number) => pageOf(collection, number, query))
    },

    async count<Doc extends object>(collection: Collection<Doc>, query: Pick<Query<Doc>, 'where' | 'text'> = {}) {
      return ask(collection, 0, (number) => {
        const [row] = matching(collection, number, filterOf(collection, number, query), 'count(*)')
        return Number(row?.[0] ?? 0)
      })
    },

    async load({ collection, number }, ids) {
      const found: Save[] = []
      try {
        const one = prepared(`SELECT id, position, document FROM ${tableOf(collection.name, number)} WHERE id = ?`)
        for (const id of ids) {
          const row = one.get(id) as unknown as Row | undefined
          if (row) found.push({ id, position: BigInt(row[1]), document: row[2] === null ? null : JSON.parse(row[2]) })
        }
      } catch (error) {
        throw isOfSqlite(error) ? new UnavailableError('a generation of a read model', { cause: error }) : error
      }
      return found
    },

    async save({ saves, checkpoints }) {
      inTransaction(() => {
        for (const { generation, documents } of saves) {
          const write = writerOf(generation)
          for (const document of documents) write(document)
        }
        const advance = prepared('UPDATE generations SET position = max(position, ?) WHERE name = ? AND number = ?')
        for (const { generation, position } of checkpoints) {
          const { changes } = advance.run(Number(position), generation.collection.name, generation.number)
          if (changes === 0) throw new UnavailableError('a generation of a read model')
        }
      })
    },

    async prepare(generation) {
      const { collection, number } = generation
      inTransaction(() => {
        const isFirst = liveNumber(collection.name) === undefined
        prepared('INSERT OR IGNORE INTO generations (name, number, version, live) VALUES (?, ?, ?, ?)').run(
          collection.name,
          number,
          collection.version,
          isFirst ? 1 : 0,
        )
        createTables(database, generation)
      })
    },

    async activate(generation) {
      const { collection, number } = generation
      const { name } = collection
      inTransaction(() => {
        createIndexes(database, generation)
        const earlier = all('SELECT number FROM generations WHERE name = ? AND number < ?', [name, number])
        for (const [old] of earlier) dropTables(database, name, Number(old))
        prepared('DELETE FROM generations WHERE name = ? AND number < ?').run(name, number)
        prepared('UPDATE generations SET live = 1 WHERE name = ? AND number = ?').run(name, number)
      })
      writers.clear()
      statements.clear()
    },

    async fits(generation) {
      return hasDeclaredColumns(database, generation)
    },

    async fail({ collection, number }, failure) {
      prepared('UPDATE generations SET failure = ? WHERE name = ? AND number = ?').run(failure, collection.name, number)
    },

    async checkpoints() {
      const rows = database
        .prepare('SELECT name, number, version, position, live, failure FROM generations ORDER BY name, number')
        .all()
      if (rows.length === 0 && isReplaced()) throw new ReplacedError()
      return rows.map(
        (row): Checkpoint => ({
          name: String(row.name),
          generation: Number(row.number),
          version: Number(row.version),
          position: BigInt(Number(row.position)),
          live: row.live === 1,
          ...(row.failure !== null && { failure: String(row.failure) }),
        }),
      )
    },

    async close() {
      database.close()
    },
  }
}

const isOfSqlite = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && error.code === 'ERR_SQLITE_ERROR'
const isMissing = (error: unknown): boolean => isOfSqlite(error) && /no such (table|column)/.test(error.message)
