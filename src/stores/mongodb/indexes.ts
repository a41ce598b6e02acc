// The indexes of a generation's documents. In each the id follows the fields: by it ties are broken and pages continued.
import type { IndexDescription } from 'mongodb'
import { type Collection, indexesOf } from '../../kernel/read-models.ts'
import { unlessMissing } from './client.ts'
import { pathOf, type StoredDocuments, wordsPath } from './stored-document.ts'

function declared(collection: Collection): readonly IndexDescription[] {
  const ofFields = indexesOf(collection).map(({ fields, beside }) => {
    const paths = [...fields.map(pathOf), '_id', ...beside.map(pathOf)]
    return { name: [...fields, ...beside].join('+'), key: new Map(paths.map((path) => [path, 1] as const)) }
  })
  return collection.search ? [...ofFields, { name: 'text search', key: { [wordsPath]: 1 } }] : ofFields
}

/** Makes those that are not there yet. */
export async function createIndexes(documents: StoredDocuments, collection: Collection): Promise<void> {
  const existing = (await unlessMissing(documents.indexes(), [])).map(({ name }) => name)
  const missing = declared(collection).filter(({ name }) => !existing.includes(name))
  if (missing.length > 0) await documents.createIndexes([...missing])
}
