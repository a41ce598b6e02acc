// Restores at work: asked for, confirmed, recorded, and settled by whoever opens the store that came of it.
import { existsSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { restores as restoresMade } from '../../projections/restores.ts'
import { type AccountDesk, eraseAccount } from '../auth/accounts.ts'
import { knownRestore, onRestore } from '../commands/backups.ts'
import type { Made } from '../commands/change.ts'
import { eraseCustomer } from '../commands/customers.ts'
import { type Context, type Outcome, personIn } from '../commands/handling.ts'
import { type FileStore, openFiles } from '../files/index.ts'
import { reject } from '../kernel/decider.ts'
import { START } from '../kernel/event-store.ts'
import type { ReadModels } from '../kernel/read-models.ts'
import { pathsIn, whereaboutsOf } from '../opening.ts'
import { ArchiveError } from './archive-error.ts'
import { type Arrival, forgetWord, wordLeft } from './arrival.ts'
import { destinationOf, obstacleTo, type Setting, settingsFor, type Way, wayOf } from './destination.ts'
import { erasedPersons } from './erasures.ts'
import type { Manifest } from './format.ts'
import { surroundingsOf } from './place.ts'
import { discard, makeRestored, replacedBy, type Work } from './restore-work.ts'
import { chainOf, type Until } from './restoring.ts'
import { forgetSwap, isSwapOrdered, swapDone, swapOrdered } from './swap.ts'
import { type BackupDesk, told } from './workroom.ts'

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
  readonly way: Way
  /** The code of the rejection that would come of it, where it cannot be done. */
  readonly obstacle: string | null
  /** What is to be typed to confirm it: one of these. */
  readonly confirmations: readonly string[]
}

export interface Restores {
  readonly way: Way
  /** What would happen, when the archive can be opened here. Nothing is touched. @throws ArchiveError, UnavailableError */
  plan(asked: Omit<Asked, 'confirm'>): Promise<Plan>
  /**
   * Begins a restore. Rejections: `confirmation-needed` { confirmations, ... the plan }, `prefix-needed`, `restore-running`. `finished` resolves to
   * true when the swap is ordered, which happens once nobody has the store open; on servers, when the restored store is ready for the nodes.
   */
  begin(
    asked: Asked,
    context: Context,
  ): Promise<{ readonly outcome: Outcome<Made>; readonly finished: Promise<boolean> }>
  /** With what settings nodes use the store that a restore makes on servers; none where all is embedded. */
  settings(restoreId: string): readonly Setting[]
  /**
   * Sees to what earlier processes left: records a restore in the log that it brought, erases anew whoever was erased since the backup, and clears
   * away what a restore left that came to nothing.
   */
  settle(): Promise<void>
  /** Removes the store that a restore replaced. Rejections: `unknown-restore`. */
  removeReplaced(restoreId: string, context: Context): Promise<Outcome<Made>>
}

/** Words that confirm a restore, in both languages, besides the backup's id. */
const words = ['restore', 'restaurar']
/** Whoever can have it knows that no other node is restoring. */
const leaseName = 'restore'

/** Restores beside the stores of a system, until the signal aborts. */
export function openRestores(desk: RestoreDesk, signal: AbortSignal): Restores {
  const { config, log, newId, rawLog, keyValue, leases, self } = desk
  const { dataDir } = config
  const live = whereaboutsOf(config)
  const way = wayOf(live)
  /** Of this process; two stores do not meet, and the later swap would count. */
  let running = false

  const placesFor = ({ identities }: Pick<Asked, 'identities'>) => surroundingsOf(config, identities)
  const settings = (restoreId: string) => settingsFor(destinationOf(live, restoreId, dataDir))

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
    const obstacle = await obstacleTo(live, { rawLog, keyValue })
    const confirmations = [...words, backupId]
    return { backupId, createdAt, until, head, erased: erased.size, way, obstacle, confirmations }
  }

  /** Works, and records what came of it; whether a store did. */
  const make = async (work: Work, ending: AbortSignal): Promise<boolean> => {
    const { restoreId } = work
    try {
      const { toPosition, events } = await makeRestored(desk, work, ending)
      if (way === 'swap') return true
      const prepared = { restoreId, toPosition, events, settings: [...settings(restoreId)] }
      await onRestore(desk, 'PrepareRestore', (at) => ({ ...prepared, at }), self('backup'))
      return true
    } catch (error) {
      log.error({ err: error, restoreId }, 'a restore failed; nothing was touched')
      if (!signal.aborted)
        await onRestore(desk, 'FailRestore', (at) => ({ restoreId, ...told(error), at }), self('backup'))
      return false
    }
  }

  const makeAlone = async (work: Work): Promise<boolean> => {
    let [begun, made] = [false, false]
    running = true
    await leases
      .whileHeld(
        leaseName,
        async (lease) => {
          // Held anew after it was lost: that restore has failed.
          if (begun) return
          begun = true
          made = await make(work, lease.signal)
        },
        signal,
      )
      .finally(() => {
        running = false
      })
    return made
  }

  const eraseAnew = async ({ erased }: Arrival): Promise<void> => {
    const context = self('restore')
    // It is the one or the other, or neither: the log may not know of either any more.
    for (const person of erased)
      for (const erase of [eraseCustomer, eraseAccount]) {
        const outcome = await erase(desk, person, context)
        if (!outcome.rejected) break
      }
  }

  /** Records the restore that the store came from. Again, when its process did not live to see the end of that. */
  const arrive = async (): Promise<void> => {
    const swap = swapDone(dataDir)
    const word = swap ?? (await wordLeft(keyValue))
    if (!word) return
    const { erased: _, restoreId, backupId, toPosition, events, by, startedAt } = word
    const replaced = swap && holdsStore(join(dataDir, swap.replaced)) ? swap.replaced : null
    const completion = { restoreId, backupId, toPosition, events, replaced, by, startedAt }
    await onRestore(desk, 'CompleteRestore', (at) => ({ ...completion, at }), self('restore'))
    await eraseAnew(word)
    if (swap) forgetSwap(dataDir)
    else await forgetWord(keyValue)
  }

  /** A restore that its process did not live to see the end of. */
  const clearAway = async (): Promise<void> => {
    const ordered = swapOrdered(dataDir)
    for (const name of await readdir(dataDir))
      if (/^(restored|drill)-/.test(name) && name !== ordered?.restored)
        await rm(join(dataDir, name), { recursive: true, force: true })
    const latest = { sort: { by: 'startedAt', direction: 'descending' }, limit: 20 } as const
    for (const { document } of (await desk.models.find(restoresMade, latest)).items)
      if (document.status === 'running' && document.restoreId !== ordered?.restoreId) await giveUp(document.restoreId)
  }

  const giveUp = async (restoreId: string): Promise<void> => {
    const failure = { code: 'interrupted', detail: 'the process that restored it came to an end' }
    await onRestore(desk, 'FailRestore', (at) => ({ restoreId, ...failure, at }), self('backup'))
    // The read model may not show yet what came of it after all.
    if ((await knownRestore(desk, restoreId, self('backup'))).status === 'failed') await discard(config, restoreId)
  }

  return {
    way,
    plan,
    settings,

    async begin(asked, context) {
      const refused = (outcome: Outcome<Made>) => ({ outcome, finished: Promise.resolve(false) })
      if (running || (way === 'swap' && isSwapOrdered(dataDir))) return refused(reject('restore-running'))
      const planned = await plan(asked)
      if (planned.obstacle !== null) return refused(reject(planned.obstacle))
      if (!planned.confirmations.includes(asked.confirm.trim().toLowerCase()))
        return refused(reject('confirmation-needed', { ...planned }))
      const restoreId = newId()
      const by = personIn(context)
      const { backupId, until: to } = asked
      // An empty log stays empty: it is not worth keeping, and nobody would see it.
      const isEmpty = (await rawLog.head()) === START
      const outcome: Outcome<Made> = isEmpty
        ? { rejected: false, value: { id: restoreId }, position: START }
        : await onRestore(desk, 'StartRestore', (at) => ({ restoreId, backupId, to, by, at }), context)
      // The same request again is answered alike, and is no second restore.
      if (outcome.rejected || outcome.value.id !== restoreId) return refused(outcome)
      return { outcome, finished: makeAlone({ ...asked, restoreId, by }) }
    },

    async settle() {
      await arrive()
      await leases.whileHeld(leaseName, clearAway, signal)
    },

    async removeReplaced(restoreId, context) {
      const outcome = await onRestore(
        desk,
        'RemoveReplacedStore',
        (at) => ({ restoreId, by: personIn(context), at }),
        context,
      )
      if (!outcome.rejected) await rm(join(dataDir, replacedBy(restoreId)), { recursive: true, force: true })
      return outcome
    },
  }
}

/** Whether a log or keys are there that a restore has replaced. */
function holdsStore(folder: string): boolean {
  const { events, keyValue } = pathsIn(folder)
  return existsSync(events) || existsSync(keyValue)
}
