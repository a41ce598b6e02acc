// Saving many documents at once, none of them backwards.
import { MongoBulkWriteError } from 'mongodb'
import { UnavailableError } from '../../kernel/errors.ts'
import type { Collection, Save } from '../../kernel/read-models.ts'
import { isDuplicate } from './client.ts'
import { type StoredDocument, type StoredDocuments, stateOf } from './stored-document.ts'

/** Enough documents to fill a round trip, and few enough for a slow server to be done with them in time. */
const inOneCommand = 500

/**
 * Saves documents of one generation. What is new is inserted, many at a time; what turns out to exist is advanced. Documents of a generation are
 * never deleted, so that neither needs a transaction. `known`: ids that exist, as far as the caller remembers; it is told of those saved here.
 */
export async function saveDocuments(
  documents: StoredDocuments,
  collection: Collection,
  saves: readonly Save[],
  known: KnownIds,
): Promise<void> {
  const all = saves.map((save): StoredDocument => ({ _id: save.id, state: stateOf(collection, save) }))
  const { existing = [], unknown = [] } = Object.groupBy(all, ({ _id }) => (known.has(_id) ? 'existing' : 'unknown'))
  for (const some of inCommands(unknown)) existing.push(...(await insert(documents, some)))
  for (const some of inCommands(existing)) await advance(documents, some)
  known.add(all)
}

/** Gives those that could not be inserted because they exist. */
async function insert(documents: StoredDocuments, some: readonly StoredDocument[]): Promise<readonly StoredDocument[]> {
  try {
    await documents.insertMany(some, { ordered: false })
    return []
  } catch (error) {
    return duplicatesAmong(some, error)
  }
}

function duplicatesAmong(some: readonly StoredDocument[], error: unknown): readonly StoredDocument[] {
  if (!(error instanceof MongoBulkWriteError) || error.result.getWriteConcernError()) throw error
  const refused = [error.writeErrors].flat()
  if (refused.length === 0 || !refused.every(isDuplicate)) throw error
  return refused.flatMap(({ index }) => some[index] ?? [])
}

/**
 * An id is one document, but `updateMany` it is: FerretDB keeps a connection of its own open for each `updateOne` of a command, and stands still
 * at the hundredth. What the driver does not repeat by itself then, after a change of the primary, the runner repeats.
 */
async function advance(documents: StoredDocuments, some: readonly StoredDocument[]): Promise<void> {
  const updates = some.map(({ _id, state }) => ({ updateMany: { filter: { _id }, update: { $max: { state } } } }))
  const { matchedCount } = await documents.bulkWrite(updates, { ordered: false })
  if (matchedCount < some.length) throw new UnavailableError('a generation of a read model')
}

function* inCommands<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  for (let from = 0; from < items.length; from += inOneCommand) yield items.slice(from, from + inOneCommand)
}

const remembered = 2_000

/** Ids of documents that are known to exist: it spares the attempt to insert them. To forget some costs time only. */
export interface KnownIds {
  has(id: string): boolean
  add(documents: Iterable<{ readonly _id: string }>): void
}

export function knownIds(): KnownIds {
  const ids = new Set<string>()
  return {
    has: (id) => ids.has(id),
    add(documents) {
      if (ids.size > remembered) ids.clear()
      for (const { _id } of documents) ids.add(_id)
    },
  }
}
