// The indexes of a generation's documents. Each ends with the id, by which ties are broken and pages continued.
import type { IndexDescription } from 'mongodb'
import type { Collection } from '../../kernel/read-models.ts'
import { unlessMissing } from './client.ts'
import { pathOf, type StoredDocuments, wordsPath } from './stored-document.ts'

function declared({ indexes, search }: Collection): readonly IndexDescription[] {
  const ofFields = indexes.map((index) => {
    const fields = [index].flat()
    return { name: fields.join('+'), key: new Map([...fields.map(pathOf), '_id'].map((path) => [path, 1] as const)) }
  })
  return search ? [...ofFields, { name: 'text search', key: { [wordsPath]: 1 } }] : ofFields
}

/** Makes those that are not there yet. */
export async function createIndexes(documents: StoredDocuments, collection: Collection): Promise<void> {
  const existing = (await unlessMissing(documents.indexes(), [])).map(({ name }) => name)
  const missing = declared(collection).filter(({ name }) => !existing.includes(name))
  if (missing.length > 0) await documents.createIndexes([...missing])
}
