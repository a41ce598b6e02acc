// The embedded read models of one path: in its file, or in the newest that was built to take that one's place.
import type { ReadModels } from '../../kernel/read-models.ts'
import { openDatabase } from './database.ts'
import { currentFile } from './file-succession.ts'
import { ReplacedError, readModelsIn, transactionsOf } from './read-model-file.ts'

export interface SqliteReadModelsOptions {
  readonly path: string
  /** Milliseconds to wait for another process that is writing; default 5,000. */
  readonly busyTimeout?: number
}

function openCurrent({ path, ...options }: SqliteReadModelsOptions): ReadModels {
  for (;;) {
    const file = currentFile(path)
    const database = openDatabase('the read models', { durability: 'normal', cache: 8, ...options, path: file })
    // One that was removed in between has just been made anew, and is nobody's.
    if (currentFile(path) === file) return readModelsIn(database, transactionsOf(database))
    database.close()
  }
}

/** Opens the read models at a path, made when there are none, and goes on with the file that replaces theirs. */
export function openSqliteReadModels(options: SqliteReadModelsOptions): ReadModels {
  let file = openCurrent(options)

  const ask = async <Answer>(question: (file: ReadModels) => Promise<Answer>): Promise<Answer> => {
    for (;;)
      try {
        return await question(file)
      } catch (error) {
        if (!(error instanceof ReplacedError)) throw error
        const replaced = file
        file = openCurrent(options)
        await replaced.close()
      }
  }

  return {
    get: (collection, id) => ask((models) => models.get(collection, id)),
    getMany: (collection, ids) => ask((models) => models.getMany(collection, ids)),
    find: (collection, query) => ask((models) => models.find(collection, query)),
    count: (collection, query) => ask((models) => models.count(collection, query)),
    load: (generation, ids) => ask((models) => models.load(generation, ids)),
    save: (batch) => ask((models) => models.save(batch)),
    prepare: (generation) => ask((models) => models.prepare(generation)),
    activate: (generation) => ask((models) => models.activate(generation)),
    fits: (generation) => ask((models) => models.fits(generation)),
    fail: (generation, failure) => ask((models) => models.fail(generation, failure)),
    checkpoints: () => ask((models) => models.checkpoints()),
    close: () => file.close(),
  }
}
