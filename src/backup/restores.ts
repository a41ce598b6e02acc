// Restores at work: a backup becomes a store beside the live one; only when that is whole and checked is the swap ordered.
import { existsSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { restores as restoresMade } from '../../projections/restores.ts'
import { type AccountDesk, eraseAccount } from '../auth/accounts.ts'
import { masterKeyIn } from '../auth/master-key.ts'
import { onRestore } from '../commands/backups.ts'
import type { Made } from '../commands/change.ts'
import { eraseCustomer } from '../commands/customers.ts'
import { type Context, type Outcome, personIn } from '../commands/handling.ts'
import { type FileStore, folderOf, openDirectory, openFiles } from '../files/index.ts'
import { reject } from '../kernel/decider.ts'
import { START } from '../kernel/event-store.ts'
import type { ReadModels } from '../kernel/read-models.ts'
import { foldInThreads } from '../rebuilding.ts'
import { ArchiveError } from './archive-error.ts'
import { type BackupDesk, told } from './backups.ts'
import { erasedPersons } from './erasures.ts'
import type { Manifest } from './format.ts'
import { surroundingsOf } from './place.ts'
import { chainOf, type Until } from './restoring.ts'
import { forgetSwap, isSwapOrdered, orderSwap, type Swap, swapDone } from './swap.ts'
import { runTask } from './tasks.ts'
import { tellProgress } from './underway.ts'

export interface RestoreDesk extends BackupDesk, AccountDesk {
  /** Photos are in its folder `photos`. */
  readonly files: FileStore
  readonly models: ReadModels
}

export interface Asked {
  readonly backupId: string
  readonly until: Until
  /** What was typed to confirm it. */
  readonly confirm: string
  /** Keys that open the archive besides those of the installation. */
  readonly identities?: readonly string[]
  /** Also where the archive is another company's than the one that is there: what is there is then replaced by that. */
  readonly foreign?: boolean
}

/** What a restore would do. Positions are decimal strings. */
export interface Plan {
  readonly backupId: string
  readonly createdAt: string
  readonly until: Until
  /** The last position of the log now, which is kept in the replaced store. */
  readonly head: string
  readonly erased: number
  /** What is to be typed to confirm it: one of these. */
  readonly confirmations: readonly string[]
}

export interface Restores {
  /** What would happen, when the archive can be opened here. Nothing is touched. @throws ArchiveError, UnavailableError */
  plan(asked: Omit<Asked, 'confirm'>): Promise<Plan>
  /**
   * Begins a restore. Rejections: `confirmation-needed` { confirmations, ... the plan }, `not-embedded`, `restore-running`. `finished` resolves to true when the swap
   * is ordered, which happens once nobody has the store open.
   */
  begin(
    asked: Asked,
    context: Context,
  ): Promise<{ readonly outcome: Outcome<Made>; readonly finished: Promise<boolean> }>
  /**
   * Sees to what earlier processes left: records a swap in the log that it brought, erases anew whoever was erased since the backup, and clears
   * away what a restore left that came to nothing.
   */
  settle(): Promise<void>
  /** Removes the store that a restore replaced. Rejections: `unknown-restore`. */
  removeReplaced(restoreId: string, context: Context): Promise<Outcome<Made>>
}

/** Words that confirm a restore, in both languages, besides the backup's id. */
const words = ['restore', 'restaurar']

/** The folder with the store that a restore replaced. */
const replacedBy = (restoreId: string) => `replaced-${restoreId}`

/** Restores into the data directory of a system, until the signal aborts. */
export function openRestores(desk: RestoreDesk, signal: AbortSignal): Restores {
  const { config, log, newId, now, rawLog, keyValue, self } = desk
  const { dataDir } = config
  /** Of this process; two folders do not meet, and the later swap would count. */
  let running = false

  const placesFor = ({ identities }: Pick<Asked, 'identities'>) => surroundingsOf(config, identities)

  const check = async (asked: Omit<Asked, 'confirm'>): Promise<Manifest> => {
    const { archives, keys } = placesFor(asked)
    const manifest = (await chainOf({ files: await openFiles(archives), backupId: asked.backupId, keys })).at(-1)
    if (!manifest) throw new ArchiveError('missing-archive')
    for await (const [first] of rawLog.readAll({ limit: 1 }))
      if (first && first.id !== manifest.log && !asked.foreign) throw new ArchiveError('foreign-archive')
    return manifest
  }

  const plan: Restores['plan'] = async (asked) => {
    const { createdAt } = await check(asked)
    const erased = await erasedPersons(await openFiles(placesFor(asked).archives), keyValue)
    const { backupId, until } = asked
    const head = String(await rawLog.head())
    return { backupId, createdAt, until, head, erased: erased.size, confirmations: [...words, backupId] }
  }

  /** Makes the new store and orders the swap. */
  const make = async (restoreId: string, asked: Asked, by: string): Promise<boolean> => {
    const { tell, over } = tellProgress(keyValue, restoreId)
    const places = placesFor(asked)
    const restored = `restored-${restoreId}`
    const folder = join(dataDir, restored)
    const startedAt = now().toISOString()
    running = true
    try {
      const erased = await erasedPersons(await openFiles(places.archives), keyValue)
      const { backupId, until } = asked
      const task = { kind: 'restore', backupId, until, folder, erased } as const
      const { toPosition, events } = await runTask<'restore'>(places, task, { signal, onProgress: tell })
      const masterKey = existsSync(join(folder, 'master.key')) ? masterKeyIn(folder) : places.masterKey
      // Folded before the swap, so that nobody waits for it after.
      await foldInThreads({ where: { ...places.where, dataDir: folder }, masterKey, logLevel: config.logLevel })
      await bringPhotos(openDirectory(join(folder, 'photos')), folderOf(desk.files, 'photos'))
      const replaced = replacedBy(restoreId)
      const order = { restoreId, backupId, restored, replaced, toPosition, events, by, startedAt, erased: [...erased] }
      orderSwap(dataDir, order)
      return true
    } catch (error) {
      await rm(folder, { recursive: true, force: true })
      log.error({ err: error, restoreId }, 'a restore failed; nothing was touched')
      if (!signal.aborted) await onRestore(desk, 'FailRestore', { restoreId, ...told(error) }, self('backup'))
      return false
    } finally {
      running = false
      await over()
    }
  }

  const eraseAnew = async ({ erased }: Swap): Promise<void> => {
    const context = self('restore')
    // It is the one or the other, or neither: the log may not know of either any more.
    for (const person of erased)
      for (const erase of [eraseCustomer, eraseAccount]) {
        const outcome = await erase(desk, person, context)
        if (!outcome.rejected) break
      }
  }

  /** A restore that its process did not live to see the end of. */
  const clearAway = async (): Promise<void> => {
    if (isSwapOrdered(dataDir)) return
    for (const name of await readdir(dataDir))
      if (/^(restored|drill)-/.test(name)) await rm(join(dataDir, name), { recursive: true, force: true })
    const latest = { sort: { by: 'startedAt', direction: 'descending' }, limit: 20 } as const
    const failure = { code: 'interrupted', detail: 'the process that restored it came to an end' }
    for (const { document } of (await desk.models.find(restoresMade, latest)).items)
      if (document.status === 'running')
        await onRestore(desk, 'FailRestore', { restoreId: document.restoreId, ...failure }, self('backup'))
  }

  return {
    plan,

    async begin(asked, context) {
      const nothing = Promise.resolve(false)
      if (config.eventStoreUrl !== undefined || config.readModelsUrl !== undefined)
        return { outcome: reject('not-embedded'), finished: nothing }
      if (running || isSwapOrdered(dataDir)) return { outcome: reject('restore-running'), finished: nothing }
      const planned = await plan(asked)
      if (!planned.confirmations.includes(asked.confirm.trim().toLowerCase()))
        return { outcome: reject('confirmation-needed', { ...planned }), finished: nothing }
      const restoreId = newId()
      const by = personIn(context)
      const { backupId, until: to } = asked
      // An empty log stays empty: it is not worth keeping, and nobody would see it.
      const isEmpty = (await rawLog.head()) === START
      const outcome: Outcome<Made> = isEmpty
        ? { rejected: false, value: { id: restoreId }, position: START }
        : await onRestore(desk, 'StartRestore', { restoreId, backupId, to, by }, context)
      if (outcome.rejected) return { outcome, finished: nothing }
      // The same request again is answered alike, and is no second restore.
      const isNew = outcome.value.id === restoreId
      return { outcome, finished: isNew ? make(restoreId, asked, by) : nothing }
    },

    async settle() {
      await clearAway()
      const swap = swapDone(dataDir)
      if (!swap) return
      const { restoreId, backupId, toPosition, events, by, startedAt } = swap
      const replaced = existsSync(join(dataDir, swap.replaced, 'events.sqlite')) ? swap.replaced : null
      const completion = { restoreId, backupId, toPosition, events, replaced, by, startedAt }
      await onRestore(desk, 'CompleteRestore', completion, self('restore'))
      await eraseAnew(swap)
      forgetSwap(dataDir)
    },

    async removeReplaced(restoreId, context) {
      const outcome = await onRestore(desk, 'RemoveReplacedStore', { restoreId, by: personIn(context) }, context)
      if (!outcome.rejected) await rm(join(dataDir, replacedBy(restoreId)), { recursive: true, force: true })
      return outcome
    },
  }
}

/** Photos never change under their names: those that are there stay. */
async function bringPhotos(from: FileStore, to: FileStore): Promise<void> {
  for await (const { name } of from.list('')) {
    const content = (await to.stat(name)) ? undefined : await from.read(name)
    if (content) await to.write(name, content)
  }
}
