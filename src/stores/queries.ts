// What every adapter of the read models makes of a query: the fields that are declared, the order, and the cursors that continue it.
import { InvalidQueryError } from '../kernel/errors.ts'
import { type Collection, type Condition, indexedFields, type Query } from '../kernel/read-models.ts'
import { wordsIn } from './words.ts'

/** What documents are found and sorted by: null before numbers, numbers before texts, texts by their code points. */
export type Value = string | number | null

/** A field's value as it is indexed: false and true are 0 and 1, and what is no scalar is nothing. */
export function comparable(value: unknown): Value {
  if (typeof value === 'boolean') return value ? 1 : 0
  return typeof value === 'string' || typeof value === 'number' ? value : null
}

/** After every string that starts with the prefix. */
export const beyond = (prefix: string): string => `${prefix}\u{10ffff}`

/** The conditions of a query. @throws InvalidQueryError for a field that is not indexed. */
export function conditionsOf<Doc>(
  collection: Collection,
  { where = {} }: Pick<Query<Doc>, 'where'>,
): readonly (readonly [field: string, wanted: Condition])[] {
  const fields = indexedFields(collection)
  return Object.entries<Condition | undefined>(where).flatMap(([field, wanted]) => {
    if (wanted === undefined) return []
    if (!fields.includes(field)) throw new InvalidQueryError(`${collection.name} cannot be found by ${field}`)
    return [[field, wanted] as const]
  })
}

/**
 * Words of which each must begin a word of the document; undefined: whatever its words; none: no document has what is asked for.
 * @throws InvalidQueryError where no words are searched.
 */
export function searchedWords<Doc>(
  collection: Collection,
  { text }: Pick<Query<Doc>, 'text'>,
): readonly string[] | undefined {
  if (text === undefined || text.trim() === '') return undefined
  if (!collection.search) throw new InvalidQueryError(`${collection.name} cannot be searched by text`)
  return wordsIn(text)
}

/** The words by which a document is found. */
export const wordsOfDocument = ({ search = [] }: Collection, document: Readonly<Record<string, unknown>>) =>
  wordsIn(...search.map((field) => document[field]))

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
