// The work of a restore: a backup becomes a store beside the live one; only when that is whole, checked and folded is it handed over.
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { masterKeyIn } from '../auth/master-key.ts'
import { groupPaths } from '../embedded-read-models.ts'
import { type FileStore, folderOf, openDirectory, openFiles } from '../files/index.ts'
import { dropDatabase, openBesideTheLog, pathsIn, type Whereabouts, whereaboutsOf } from '../opening.ts'
import { foldInThreads } from '../rebuilding.ts'
import { takeFirstName } from '../stores/sqlite/file-succession.ts'
import { type Arrival, leaveWord } from './arrival.ts'
import { destinationOf, folderFor } from './destination.ts'
import { erasedPersons } from './erasures.ts'
import { surroundingsOf } from './place.ts'
import type { Asked, RestoreDesk } from './restores.ts'
import { namesOf, orderSwap } from './swap.ts'
import { runTask } from './tasks.ts'
import { tellProgress } from './underway.ts'

export interface Work extends Asked {
  readonly restoreId: string
  /** Who asked for it. */
  readonly by: string
}

/** The folder with the store that a restore replaced. */
export const replacedBy = (restoreId: string): string => `replaced-${restoreId}`

/**
 * Makes the new store and hands it over: orders the swap, and on servers leaves word in it for the first node that opens it. What it holds. Of one
 * that comes to nothing nothing is left, but events that nobody reads on a server of the log. @throws ArchiveError, UnavailableError
 */
export async function makeRestored(desk: RestoreDesk, work: Work, signal: AbortSignal): Promise<Arrival> {
  const { config, keyValue, now } = desk
  const { restoreId, backupId, until, by } = work
  const places = surroundingsOf(config, work.identities)
  const folder = join(config.dataDir, folderFor(restoreId))
  const into = destinationOf(places.where, restoreId, folder)
  const startedAt = now().toISOString()
  const { tell, over } = tellProgress(keyValue, restoreId)
  try {
    const erased = await erasedPersons(await openFiles(places.archives), keyValue)
    const task = { kind: 'restore', backupId, until, into, folder, erased } as const
    const { toPosition, events } = await runTask<'restore'>(places, task, { signal, onProgress: tell })
    const masterKey = existsSync(join(folder, 'master.key')) ? masterKeyIn(folder) : places.masterKey
    // Folded before it is handed over, so that nobody waits for it after.
    await foldInThreads({ where: into, masterKey, logLevel: config.logLevel })
    // The swap knows the files by their first names.
    if (into.readModelsUrl === undefined) for (const path of groupPaths(pathsIn(folder).readModels)) takeFirstName(path)
    await bringPhotos(openDirectory(join(folder, 'photos')), folderOf(desk.files, 'photos'))
    const word = { restoreId, backupId, toPosition, events, by, startedAt, erased: [...erased] }
    await handOver(config.dataDir, into, word)
    return word
  } catch (error) {
    await discard(config, restoreId)
    throw error
  } finally {
    await over()
  }
}

/** Removes what a restore has made, or has begun to make. */
export async function discard(config: RestoreDesk['config'], restoreId: string): Promise<void> {
  const folder = join(config.dataDir, folderFor(restoreId))
  await rm(folder, { recursive: true, force: true })
  await dropDatabase(destinationOf(whereaboutsOf(config), restoreId, folder)).catch(() => undefined)
}

/** Whatever of it lies in a folder is swapped in by the node that it belongs to; without such a half, any node may find the word. */
async function handOver(dataDir: string, into: Whereabouts, word: Arrival): Promise<void> {
  const { restoreId } = word
  if (into.eventStoreUrl === undefined || into.readModelsUrl === undefined) {
    const [restored, replaced] = [folderFor(restoreId), replacedBy(restoreId)]
    return orderSwap(dataDir, { ...word, restored, replaced, names: namesOf(into) })
  }
  const { keyValue, close } = await openBesideTheLog(into)
  await leaveWord(keyValue, word).finally(close)
  await rm(into.dataDir, { recursive: true, force: true })
}

/** Photos never change under their names: those that are there stay. */
async function bringPhotos(from: FileStore, to: FileStore): Promise<void> {
  for await (const { name } of from.list('')) {
    const content = (await to.stat(name)) ? undefined : await from.read(name)
    if (content) await to.write(name, content)
  }
}
