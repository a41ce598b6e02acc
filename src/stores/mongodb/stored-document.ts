// How a document of a read model lies in MongoDB: as JSON, so that it comes back to the byte, beside what it is found by.
import type { Collection as MongoCollection } from 'mongodb'
import { type Collection, indexedFields, type Save, type Stored } from '../../kernel/read-models.ts'
import { comparable, type Value, wordsOfDocument } from '../queries.ts'

/**
 * One field holds all that a save changes, with the position first: MongoDB compares documents field by field in their order, so that `$max`
 * of the whole is a save that never goes backwards, in one step of the server.
 */
interface State {
  readonly position: bigint
  /** JSON; null: removed. */
  readonly document: string | null
  /** Of a document that was not removed: each indexed field, and the words that are searched. */
  readonly fields?: Readonly<Record<string, Value>>
  readonly words?: readonly string[]
}

export interface StoredDocument {
  readonly _id: string
  readonly state: State
}

export type StoredDocuments = MongoCollection<StoredDocument>

export const pathOf = (field: string): string => `state.fields.${field}`
export const wordsPath = 'state.words'

/** What a removed document has not. */
export const notRemoved = { 'state.fields': { $exists: true } } as const

/** All that is needed to give a document back. */
export const whole = { 'state.position': 1, 'state.document': 1 } as const

export function storedOf<Doc>({ _id, state }: StoredDocument): Stored<Doc> {
  return { id: _id, position: state.position, document: JSON.parse(state.document ?? 'null') }
}

export function stateOf(collection: Collection, { position, document }: Save): State {
  if (!document) return { position, document: null }
  const found = document as Readonly<Record<string, unknown>>
  return {
    position,
    document: JSON.stringify(document),
    fields: Object.fromEntries(indexedFields(collection).map((field) => [field, comparable(found[field])])),
    ...(collection.search && { words: wordsOfDocument(collection, found) }),
  }
}
