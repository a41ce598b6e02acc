// Saving late, for a file that is worth nothing before it is whole: what changes again and again while it is filled is then written once.
import type { Generation, ReadModels, Save } from '../../kernel/read-models.ts'

/** Documents held back at most. */
const room = 4_000

export interface WriteBehind {
  readonly models: ReadModels
  /** Saves what was held back. @throws what saving throws, and TypeError for a document that is not JSON */
  flush(): Promise<void>
}

interface Held {
  readonly generation: Generation
  readonly documents: Map<string, Save>
}

/** Read models that hold back documents that were there before they were saved. */
export function writeBehind(models: ReadModels): WriteBehind {
  const held = new Map<string, Held>()
  let count = 0

  const heldOf = (generation: Generation): Held => {
    const known = held.get(generation.collection.name)
    if (known) return known
    const begun = { generation, documents: new Map<string, Save>() }
    held.set(generation.collection.name, begun)
    return begun
  }

  const holdBack = (generation: Generation, save: Save): void => {
    const { documents } = heldOf(generation)
    if (!documents.has(save.id)) count += 1
    documents.set(save.id, save)
  }

  const flush = async (): Promise<void> => {
    const saves = [...held.values()].map(({ generation, documents }) => ({
      generation,
      documents: [...documents.values()],
    }))
    await models.save({ saves, checkpoints: [] })
    held.clear()
    count = 0
  }

  return {
    flush,
    models: {
      ...models,

      async load(generation, ids) {
        const documents = held.get(generation.collection.name)?.documents
        if (!documents) return models.load(generation, ids)
        const here = ids.map((id) => documents.get(id)).filter((save) => save !== undefined)
        const elsewhere = ids.filter((id) => !documents.has(id))
        return elsewhere.length > 0 ? [...here, ...(await models.load(generation, elsewhere))] : here
      },

      async save({ saves, checkpoints }) {
        const now = saves.map(({ generation, documents }) => {
          const own = held.get(generation.collection.name)?.documents
          const fresh: Save[] = []
          for (const save of documents)
            if (save.isNew && !own?.has(save.id)) fresh.push(save)
            else holdBack(generation, save)
          return { generation, documents: fresh }
        })
        await models.save({ saves: now, checkpoints })
        if (count > room) await flush()
      },

      async activate(generation) {
        await flush()
        await models.activate(generation)
      },
    },
  }
}
