// A whole file of read models built anew beside the one that is served, in a fraction of the writing that it takes to do so inside that one.
import type { DatabaseSync } from 'node:sqlite'
import { UnavailableError } from '../../kernel/errors.ts'
import type { Collection, ReadModels } from '../../kernel/read-models.ts'
import { isInUse, openDatabase, openForFilling, reaching } from './database.ts'
import { schema } from './document-tables.ts'
import { currentFile, filesOf, isHalfBuilt, nextFile, publish, removeFile } from './file-succession.ts'
import { markReplaced, readModelsIn, replacementOf, type Transaction } from './read-model-file.ts'
import { writeBehind } from './write-behind.ts'

const part = 'a file of read models'
/** Megabytes of pages kept while a file is filled: what is written again and again is then written to the disk once. */
const cache = 32

export interface Successor {
  /** For the runner that fills it: a new generation of each collection, live in this file. */
  readonly models: ReadModels
  /** Rejects when the file can be filled no further, as when the disk is full or a document is not JSON. */
  readonly broken: Promise<never>
  /**
   * Puts the file in the place of the one that is served. Nobody saves in that one from the moment on that `finish` is called, which brings this
   * one to the same position or beyond; so nobody sees the documents go back.
   * @throws UnavailableError when the file that is served was replaced or rebuilt otherwise in the meantime
   */
  takeOver(finish: () => Promise<void>): Promise<void>
  /** Removes what was built. Repeating it, or calling it after the take-over, changes nothing. */
  discard(): void
}

/** Begins a file with a new generation of each collection. @throws UnavailableError also while another process is building one */
export async function beginSuccessor(path: string, collections: readonly Collection[]): Promise<Successor> {
  tidy(path)
  const current = currentFile(path)
  const served = openDatabase(part, { path: current, durability: 'normal', cache: 2 })
  const building = nextFile(path)
  const database = openForFilling(part, { path: building, cache })
  const { transaction, broken } = oneTransaction()
  const { models, flush } = writeBehind(readModelsIn(database, transaction))
  const number = reaching(part, () => newestGeneration(served)) + 1
  for (const collection of collections) await models.prepare({ collection, number })

  let over = false
  const discard = () => {
    if (over) return
    over = true
    // A take-over may have failed half-way.
    for (const opened of [database, served]) if (opened.isOpen) opened.close()
    removeFile(building)
  }

  return {
    models,
    broken,
    discard,
    async takeOver(finish) {
      reaching(part, () => served.exec('BEGIN IMMEDIATE'))
      if (replacementOf(served)() || newestGeneration(served) >= number) throw new UnavailableError(part)
      await finish()
      await flush()
      // In the mode in which it will be served, so that whoever opens it first need not change it.
      reaching(part, () => database.exec('COMMIT; PRAGMA locking_mode = NORMAL; PRAGMA journal_mode = WAL'))
      database.close()
      publish(building)
      markReplaced(served)
      served.exec('COMMIT')
      served.close()
      over = true
      removeFile(current)
    },
  }
}

/** Removes what a crash has left: files that were replaced, and half-built ones. @throws UnavailableError while somebody is at work on one */
function tidy(path: string): void {
  const current = currentFile(path)
  for (const file of filesOf(path).filter((one) => one !== current)) {
    if (isHalfBuilt(file) && isInUse(file)) throw new UnavailableError('what another process is building anew')
    // Whoever crashed after it had published a file may not have said so in the one before.
    if (!isHalfBuilt(file)) retire(file)
    removeFile(file)
  }
}

function retire(file: string): void {
  const replaced = openDatabase(part, { path: file, durability: 'normal', cache: 2 })
  reaching(part, () => {
    newestGeneration(replaced)
    markReplaced(replaced)
  })
  replaced.close()
}

function newestGeneration(database: DatabaseSync): number {
  database.exec(schema)
  return Number(database.prepare('SELECT coalesce(max(number), 0) AS number FROM generations').get()?.number)
}

/** All work in one transaction: pages go to the disk when the cache is full, and at the end. Without a journal there is no way back from an error. */
function oneTransaction(): { transaction: Transaction; broken: Promise<never> } {
  const breaking = Promise.withResolvers<never>()
  breaking.promise.catch(() => undefined)
  const transaction: Transaction = (work) => {
    try {
      work()
    } catch (error) {
      breaking.reject(error)
      throw error
    }
  }
  return { transaction, broken: breaking.promise }
}
