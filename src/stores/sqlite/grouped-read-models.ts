// Read models in several files, each with collections of its own: SQLite lets one writer at a time into a file, and so several can write.
import type { Checkpoint, ReadModels } from '../../kernel/read-models.ts'

export interface Grouped {
  /** The read models of each file. */
  readonly files: readonly ReadModels[]
  /** Which of them holds the collection of this name. */
  readonly fileOf: (name: string) => number
}

/**
 * All files as one store. What a batch saves in several files is no transaction, and need not be one: in each the documents know their own
 * positions, and its checkpoints follow them.
 */
export function groupedReadModels({ files, fileOf }: Grouped): ReadModels {
  const holding = (name: string): ReadModels => {
    const file = files[fileOf(name)]
    if (!file) throw new TypeError(`no file holds the read model ${name}`)
    return file
  }

  return {
    get: (collection, id) => holding(collection.name).get(collection, id),
    getMany: (collection, ids) => holding(collection.name).getMany(collection, ids),
    find: (collection, query) => holding(collection.name).find(collection, query),
    count: (collection, query) => holding(collection.name).count(collection, query),
    load: (generation, ids) => holding(generation.collection.name).load(generation, ids),

    async save({ saves, checkpoints }) {
      for (const [index, file] of files.entries()) {
        const isHere = ({ generation }: { generation: { collection: { name: string } } }) =>
          fileOf(generation.collection.name) === index
        const batch = { saves: saves.filter(isHere), checkpoints: checkpoints.filter(isHere) }
        if (batch.saves.length > 0 || batch.checkpoints.length > 0) await file.save(batch)
      }
    },

    prepare: (generation) => holding(generation.collection.name).prepare(generation),
    activate: (generation) => holding(generation.collection.name).activate(generation),
    fits: (generation) => holding(generation.collection.name).fits(generation),
    fail: (generation, failure) => holding(generation.collection.name).fail(generation, failure),

    async checkpoints() {
      const found = await Promise.all(files.map((file) => file.checkpoints()))
      // A file may still hold what was in it before the collection moved to another.
      return found.flatMap((own, index) => own.filter(({ name }: Checkpoint) => fileOf(name) === index))
    },

    async close() {
      await Promise.all(files.map((file) => file.close()))
    },
  }
}
