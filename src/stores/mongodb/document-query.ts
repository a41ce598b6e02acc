// From a query to MongoDB's own: only declared fields reach it, and no value is ever taken for an operator.
import type { Filter, Sort } from 'mongodb'
import type { Collection, Condition, Query, Scalar } from '../../kernel/read-models.ts'
import { beyond, comparable, conditionsOf, type Order, type Place, searchedWords } from '../queries.ts'
import { notRemoved, pathOf, type StoredDocument, wordsPath } from './stored-document.ts'

export type DocumentFilter = Filter<StoredDocument>

/** A field of a removed document is missing, and missing is not null here. */
const isNull = { $type: 'null' } as const

function condition(path: string, wanted: Condition): DocumentFilter {
  if (wanted === null) return { [path]: isNull }
  if (typeof wanted !== 'object') return { [path]: { $eq: comparable(wanted) } }
  if ('in' in wanted) return amongst(path, wanted.in)
  if ('prefix' in wanted) return { [path]: startingWith(wanted.prefix) }
  const { gte, gt, lte, lt } = wanted
  const bounds = {
    ...(gte !== undefined && { $gte: gte }),
    ...(gt !== undefined && { $gt: gt }),
    ...(lte !== undefined && { $lte: lte }),
    ...(lt !== undefined && { $lt: lt }),
  }
  return { [path]: { $exists: true, ...bounds } }
}

function amongst(path: string, values: readonly Scalar[]): DocumentFilter {
  const some = { [path]: { $in: values.filter((value) => value !== null).map(comparable) } }
  return values.includes(null) ? { $or: [some, { [path]: isNull }] } : some
}

const startingWith = (prefix: string) => ({ $gte: prefix, $lt: beyond(prefix) })

/** What documents must be like, all together; undefined: no document is. @throws InvalidQueryError */
export function filtersOf<Doc>(
  collection: Collection,
  query: Pick<Query<Doc>, 'where' | 'text'>,
): readonly DocumentFilter[] | undefined {
  const fields = conditionsOf(collection, query).map(([field, wanted]) => condition(pathOf(field), wanted))
  const words = searchedWords(collection, query)
  if (words?.length === 0) return undefined
  // Words are letters and digits; a pattern that begins so is read as a range of the index.
  const texts = (words ?? []).map((word): DocumentFilter => ({ [wordsPath]: { $regex: `^${word}` } }))
  const filters = [...fields, ...texts]
  // No removed document has any field or word: only where nothing is asked of them need more be said.
  return filters.length > 0 ? filters : [notRemoved]
}

/**
 * What comes after a place: alternatives, of which each is one range of an index in the order that is asked for. A comparison finds values of
 * its own kind alone, so that numbers and texts are alternatives of their own.
 */
export function following({ by, descending }: Order, { value, id }: Place): readonly DocumentFilter[] {
  const compare = descending ? '$lt' : '$gt'
  const laterId = { _id: { [compare]: id } }
  if (by === undefined) return [laterId]
  const path = pathOf(by)
  const same = { [path]: value === null ? isNull : { $eq: value }, ...laterId }
  const laterKinds = kindsAfter(value, descending).map(($type) => ({ [path]: { $type } }))
  return value === null ? [same, ...laterKinds] : [same, { [path]: { [compare]: value } }, ...laterKinds]
}

const kinds = ['null', 'number', 'string'] as const

function kindsAfter(value: Place['value'], descending: boolean) {
  const own = value === null ? 0 : typeof value === 'number' ? 1 : 2
  return descending ? kinds.slice(0, own) : kinds.slice(own + 1)
}

/** Each alternative is given whole, so that each can be read from an index in order. */
export function together(filters: readonly DocumentFilter[], alternatives: readonly DocumentFilter[]): DocumentFilter {
  const [only, ...others] = alternatives
  if (only === undefined) return { $and: [...filters] }
  if (others.length === 0) return { $and: [...filters, only] }
  return { $or: alternatives.map((alternative) => ({ $and: [...filters, alternative] })) }
}

export const sortOf = ({ by, descending }: Order): Sort => {
  const way = descending ? -1 : 1
  return by === undefined ? { _id: way } : { [pathOf(by)]: way, _id: way }
}
