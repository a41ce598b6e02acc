// From a query to SQL: only declared fields reach it, and every value is bound.
import { InvalidQueryError } from '../../kernel/errors.ts'
import type { Collection, Condition, Query, Scalar } from '../../kernel/read-models.ts'
import { columnOf, indexedFields, scalarValue, wordsOf } from './document-tables.ts'
import { wordsIn } from './words.ts'

export type Value = string | number | null

export interface Clause {
  readonly sql: string
  readonly values: readonly Value[]
}

/** After every string that starts with the prefix. */
const beyond = (prefix: string): string => `${prefix}\u{10ffff}`

const operators = { gte: '>=', gt: '>', lte: '<=', lt: '<' } as const

function condition(field: string, wanted: Condition): Clause[] {
  const column = columnOf(field)
  if (wanted === null || typeof wanted !== 'object') return [{ sql: `${column} IS ?`, values: [scalarValue(wanted)] }]
  if ('in' in wanted) return [amongst(column, wanted.in)]
  if ('prefix' in wanted)
    return [{ sql: `${column} >= ? AND ${column} < ?`, values: [wanted.prefix, beyond(wanted.prefix)] }]
  return Object.entries(operators).flatMap(([name, operator]) => {
    const bound = wanted[name as keyof typeof operators]
    return bound === undefined ? [] : [{ sql: `${column} ${operator} ?`, values: [bound] }]
  })
}

const amongst = (column: string, values: readonly Scalar[]): Clause => {
  const some = values.filter((value) => value !== null).map(scalarValue)
  const list = `${column} IN (${some.map(() => '?').join(', ')})`
  return { sql: values.includes(null) ? `(${list} OR ${column} IS NULL)` : list, values: some }
}

/** What documents must be like. @throws InvalidQueryError */
export function filterOf<Doc>(
  collection: Collection,
  number: number,
  { where = {}, text }: Pick<Query<Doc>, 'where' | 'text'>,
): Clause {
  const fields = indexedFields(collection)
  const clauses: Clause[] = [{ sql: 'document IS NOT NULL', values: [] }]
  for (const [field, wanted] of Object.entries<Condition | undefined>(where)) {
    if (wanted === undefined) continue
    if (!fields.includes(field)) throw new InvalidQueryError(`${collection.name} cannot be found by ${field}`)
    clauses.push(...condition(field, wanted))
  }
  if (text !== undefined && text.trim() !== '') {
    if (!collection.search) throw new InvalidQueryError(`${collection.name} cannot be searched by text`)
    const words = wordsIn(text)
    if (words.length === 0) clauses.push({ sql: '0', values: [] })
    for (const word of words)
      clauses.push({
        sql: `id IN (SELECT id FROM ${wordsOf(collection.name, number)} WHERE word >= ? AND word < ?)`,
        values: [word, beyond(word)],
      })
  }
  return { sql: clauses.map(({ sql }) => sql).join(' AND '), values: clauses.flatMap(({ values }) => values) }
}

/** How many documents a page holds. @throws InvalidQueryError */
export function limitOf<Doc>({ limit = 50 }: Query<Doc>): number {
  if (Number.isInteger(limit) && limit >= 1 && limit <= 1_000) return limit
  throw new InvalidQueryError('a page holds from 1 to 1,000 documents')
}

export interface Order {
  /** Undefined: by id alone. */
  readonly by: string | undefined
  readonly descending: boolean
}

/** @throws InvalidQueryError for a field that is not indexed. */
export function orderOf<Doc>(collection: Collection, { sort }: Query<Doc>): Order {
  if (sort && !indexedFields(collection).includes(sort.by))
    throw new InvalidQueryError(`${collection.name} cannot be sorted by ${sort.by}`)
  return { by: sort?.by, descending: sort?.direction === 'descending' }
}

/** Where a page ended: the sort value and id of its last document. */
export interface Place {
  readonly value: Value
  readonly id: string
}

export const cursorOf = ({ by, descending }: Order, { value, id }: Place): string =>
  Buffer.from(JSON.stringify([by ?? null, descending, value, id])).toString('base64url')

/** @throws InvalidQueryError for what is no cursor of this order. */
export function placeOf({ by, descending }: Order, cursor: string): Place {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (!Array.isArray(parts)) throw new TypeError('not a list')
    const [field, direction, value, id] = parts as unknown[]
    const isValue = value === null || typeof value === 'string' || typeof value === 'number'
    if (field === (by ?? null) && direction === descending && isValue && typeof id === 'string') return { value, id }
  } catch {
    // Told below, like every cursor that is not one of ours.
  }
  throw new InvalidQueryError('the cursor does not belong to this list; start again from its first page')
}

/**
 * The stretches of an order, to be read one after the other: documents without the sort value and those with it, so that each is one range of
 * an index. Without comes first when ascending.
 */
export function stretchesOf({ by, descending }: Order, from: Place | undefined): readonly Clause[] {
  const sign = descending ? '<' : '>'
  if (by === undefined) return [from ? { sql: `id ${sign} ?`, values: [from.id] } : { sql: '1', values: [] }]
  const column = columnOf(by)
  const without: Clause = { sql: `${column} IS NULL`, values: [] }
  const having: Clause = { sql: `${column} IS NOT NULL`, values: [] }
  if (!from) return descending ? [having, without] : [without, having]
  if (from.value === null) {
    const rest: Clause = { sql: `${column} IS NULL AND id ${sign} ?`, values: [from.id] }
    return descending ? [rest] : [rest, having]
  }
  const rest: Clause = { sql: `(${column}, id) ${sign} (?, ?)`, values: [from.value, from.id] }
  return descending ? [rest, without] : [rest]
}

export const orderSql = ({ by, descending }: Order): string => {
  const way = descending ? 'DESC' : 'ASC'
  return `ORDER BY ${by === undefined ? '' : `${columnOf(by)} ${way}, `}id ${way}`
}
