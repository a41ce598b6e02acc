// From a query to SQL: only declared fields reach it, and every value is bound.
import type { Collection, Condition, Query, Scalar } from '../../kernel/read-models.ts'
import { beyond, comparable, conditionsOf, type Order, type Place, searchedWords, type Value } from '../queries.ts'
import { columnOf, wordsOf } from './document-tables.ts'

export interface Clause {
  readonly sql: string
  readonly values: readonly Value[]
}

const operators = { gte: '>=', gt: '>', lte: '<=', lt: '<' } as const

function condition(field: string, wanted: Condition): Clause[] {
  const column = columnOf(field)
  if (wanted === null || typeof wanted !== 'object') return [{ sql: `${column} IS ?`, values: [comparable(wanted)] }]
  if ('in' in wanted) return [amongst(column, wanted.in)]
  if ('prefix' in wanted)
    return [{ sql: `${column} >= ? AND ${column} < ?`, values: [wanted.prefix, beyond(wanted.prefix)] }]
  return Object.entries(operators).flatMap(([name, operator]) => {
    const bound = wanted[name as keyof typeof operators]
    return bound === undefined ? [] : [{ sql: `${column} ${operator} ?`, values: [bound] }]
  })
}

const amongst = (column: string, values: readonly Scalar[]): Clause => {
  const some = values.filter((value) => value !== null).map(comparable)
  const list = `${column} IN (${some.map(() => '?').join(', ')})`
  return { sql: values.includes(null) ? `(${list} OR ${column} IS NULL)` : list, values: some }
}

/** What documents must be like. @throws InvalidQueryError */
export function filterOf<Doc>(
  collection: Collection,
  number: number,
  query: Pick<Query<Doc>, 'where' | 'text'>,
): Clause {
  const clauses: Clause[] = [{ sql: 'document IS NOT NULL', values: [] }]
  for (const [field, wanted] of conditionsOf(collection, query)) clauses.push(...condition(field, wanted))
  const words = searchedWords(collection, query)
  if (words?.length === 0) clauses.push({ sql: '0', values: [] })
  for (const word of words ?? [])
    clauses.push({
      sql: `id IN (SELECT id FROM ${wordsOf(collection.name, number)} WHERE word >= ? AND word < ?)`,
      values: [word, beyond(word)],
    })
  return { sql: clauses.map(({ sql }) => sql).join(' AND '), values: clauses.flatMap(({ values }) => values) }
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
