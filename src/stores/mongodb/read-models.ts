// Read models in MongoDB: one collection a generation. No transactions, so that a standalone, a replica set and a sharded cluster serve alike.
import type { Collection, Page, Query, ReadModels, Stored } from '../../kernel/read-models.ts'
import { comparable, cursorOf, limitOf, orderOf, placeOf } from '../queries.ts'
import type { Connections } from './client.ts'
import { filtersOf, following, sortOf, together } from './document-query.ts'
import { documentsOf, type Generations, generationsIn, idOf } from './generations.ts'
import { createIndexes } from './indexes.ts'
import { type KnownIds, knownIds, saveDocuments } from './saving.ts'
import { type StoredDocument, type StoredDocuments, storedOf, whole } from './stored-document.ts'

/** Opens the read models; closing them leaves the connections to whoever opened those. `now` in milliseconds. */
export function openMongoReadModels({ db, ask }: Connections, now: () => number = Date.now): ReadModels {
  const generations = generationsIn(db, now)
  const asking = <Answer>(question: () => Promise<Answer>) => ask('the read-model store', question)
  const askLive = askingLive(generations, ask)
  const documentsIn = (name: string, number: number): StoredDocuments => db.collection(documentsOf(name, number))

  const known = new Map<string, KnownIds>()
  const knownIn = (id: string): KnownIds => {
    const ids = known.get(id) ?? knownIds()
    known.set(id, ids)
    return ids
  }

  const someOf = (documents: StoredDocuments, ids: readonly string[]): Promise<StoredDocument[]> => {
    const [only, ...others] = ids
    if (only === undefined) return Promise.resolve([])
    return documents
      .find({ _id: others.length === 0 ? only : { $in: ids } }, { projection: whole, batchSize: ids.length + 1 })
      .toArray()
  }

  const pageOf = async <Doc extends object>(
    documents: StoredDocuments,
    collection: Collection<Doc>,
    query: Query<Doc>,
  ): Promise<Page<Doc>> => {
    const { after } = query
    const limit = limitOf(query)
    const order = orderOf(collection, query)
    const filters = filtersOf(collection, query)
    const later = after === undefined ? [] : following(order, placeOf(order, after))
    if (!filters) return { items: [] }
    const found = await documents
      .find(together(filters, later), {
        projection: whole,
        sort: sortOf(order),
        limit: limit + 1,
        batchSize: limit + 2,
      })
      .toArray()
    const items = found.slice(0, limit).map((document) => storedOf<Doc>(document))
    const last = items.at(-1)
    if (!last || found.length <= limit) return { items }
    return { items, next: cursorOf(order, { value: sortValue(last, order.by), id: last.id }) }
  }

  return {
    get: <Doc extends object>(collection: Collection<Doc>, id: string) =>
      askLive<Stored<Doc> | undefined>(collection, undefined, async (number) => {
        const found = await documentsIn(collection.name, number).findOne({ _id: id }, { projection: whole })
        return found?.state.document ? storedOf<Doc>(found) : undefined
      }),

    getMany: <Doc extends object>(collection: Collection<Doc>, ids: readonly string[]) =>
      askLive<Stored<Doc>[]>(collection, [], async (number) => {
        const found = await someOf(documentsIn(collection.name, number), ids)
        return found.filter(({ state }) => state.document !== null).map((one) => storedOf<Doc>(one))
      }),

    find: (collection, query = {}) =>
      askLive(collection, { items: [] }, (number) => pageOf(documentsIn(collection.name, number), collection, query)),

    count: (collection, query = {}) =>
      askLive(collection, 0, async (number) => {
        const filters = filtersOf(collection, query)
        return filters ? documentsIn(collection.name, number).countDocuments(together(filters, [])) : 0
      }),

    load: (generation, ids) =>
      asking(async () => {
        const { collection, number } = generation
        const [found] = await Promise.all([
          someOf(documentsIn(collection.name, number), ids),
          generations.mustBeThere([generation]),
        ])
        return found.map((one) => storedOf<object | null>(one))
      }),

    save: ({ saves, checkpoints }) =>
      asking(async () => {
        // Before, so that nothing is written to a collection that was dropped, which would bring it back.
        await generations.mustBeThere(saves.map(({ generation }) => generation))
        await allDone(
          saves.map(({ generation, documents }) =>
            saveDocuments(
              documentsIn(generation.collection.name, generation.number),
              generation.collection,
              documents,
              knownIn(idOf(generation)),
            ),
          ),
        )
        await generations.advance(checkpoints)
      }),

    prepare: (generation) => asking(() => generations.prepare(generation)),

    activate: (generation) =>
      asking(async () => {
        const { collection, number } = generation
        await generations.mustBeThere([generation])
        await createIndexes(documentsIn(collection.name, number), collection)
        await generations.activate(generation)
        await generations.sweep()
        known.clear()
      }),

    fits: (generation) => asking(() => generations.fits(generation)),
    fail: (generation, failure) => asking(() => generations.fail(generation, failure)),
    checkpoints: () => asking(() => generations.checkpoints()),
    close: async () => undefined,
  }
}

const sortValue = ({ document }: Stored<object>, by: string | undefined) =>
  by === undefined ? null : comparable((document as Readonly<Record<string, unknown>>)[by])

/** Waits for all, so that none goes on behind the caller's back when another fails. */
async function allDone(work: readonly Promise<void>[]): Promise<void> {
  for (const outcome of await Promise.allSettled(work)) if (outcome.status === 'rejected') throw outcome.reason
}

/**
 * Asks the live generation. Which one that is, is remembered and looked up again beside each question, so that it costs no time: where it has
 * changed, the question is asked again.
 */
function askingLive(generations: Generations, ask: Connections['ask']) {
  const live = new Map<string, number>()
  const lookUp = async (name: string): Promise<number | undefined> => {
    const number = await generations.liveNumber(name)
    if (number === undefined) live.delete(name)
    else live.set(name, number)
    return number
  }

  return <Answer>({ name }: Collection, none: Answer, question: (number: number) => Promise<Answer>): Promise<Answer> =>
    ask(`the read model ${name}`, async () => {
      let number = live.get(name) ?? (await lookUp(name))
      for (;;) {
        if (number === undefined) return none
        const [answer, now] = await Promise.all([question(number), lookUp(name)])
        if (now === number) return answer
        number = now
      }
    })
}
