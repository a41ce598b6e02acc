// The backup area, as the others see it.
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import { settings, settingsId } from '../../projections/settings.ts'
import type { DomainEvents } from '../domain/events.ts'
import { openFiles } from '../files/index.ts'
import type { ReadModels } from '../kernel/read-models.ts'
import type { Whereabouts } from '../opening.ts'
import type { ScheduledJob } from '../schedules.ts'
import { defineReactor, type Reactor } from '../subscribers/reactor.ts'
import { type Backups, openBackups } from './backups.ts'
import { rememberErasure } from './erasures.ts'
import { surroundingsOf } from './place.ts'
import { openRestores, type RestoreDesk, type Restores } from './restores.ts'
import { isSwapDue } from './swap.ts'

export { ArchiveError } from './archive-error.ts'
export type { Backups } from './backups.ts'
export type { Setting } from './destination.ts'
export { ownIdentity } from './encryption.ts'
export { backupIn, fileOf } from './format.ts'
export { surroundingsOf } from './place.ts'
export type { Plan, Restores } from './restores.ts'
export { isSwapOrdered, swapAsOrdered } from './swap.ts'
export type { Underway } from './underway.ts'

/** Backups and restores of a system. */
export interface BackupArea {
  readonly backups: Backups
  readonly restores: Restores
}

export const openBackupArea = (desk: RestoreDesk, signal: AbortSignal): BackupArea => ({
  backups: openBackups(desk, signal),
  restores: openRestores(desk, signal),
})

/** Remembers each erasure beside the archives, so that none that is older brings the person back. */
export const erasureMemory = ({ config }: Pick<RestoreDesk, 'config'>): Reactor => {
  const remember = async (person: string) => rememberErasure(await openFiles(surroundingsOf(config).archives), person)
  return defineReactor<DomainEvents>('erasure-memory', {
    from: 'start',
    on: {
      CustomerErased: ({ data }) => remember(data.customerId),
      PersonErased: ({ data }) => remember(data.personId),
    },
  })
}

/** Until a company is set up. */
const usualZone = 'Africa/Maputo'

/** The daily backup and the weekly drill, in the time zone that is the company's at the time. */
export function backupJobs(
  { config, self, models }: Pick<RestoreDesk, 'config' | 'self'> & { readonly models: ReadModels },
  { backups }: BackupArea,
): readonly ScheduledJob[] {
  const zone = async () => (await models.get(settings, settingsId))?.document.timeZone ?? usualZone
  const { cron, drillCron } = config.backups
  return [
    {
      name: 'backup',
      cron,
      zone,
      async run(_, signal) {
        const { outcome, finished } = await backups.begin({ kind: undefined, scheduled: true }, self('backup'))
        // One that is being made serves as well.
        if (outcome.rejected) return
        if (!(await Promise.race([finished, aborted(signal)])))
          throw new Error('no backup came of it, as its events tell')
      },
    },
    { name: 'backup-drill', cron: drillCron, zone, run: (_, signal) => backups.drill(signal) },
  ]
}

const aborted = async (signal: AbortSignal): Promise<false> => {
  if (!signal.aborted) await once(signal, 'abort')
  return false
}

/** How often it is looked whether a restore is ready, in milliseconds: the command line may have ordered it. */
const lookEvery = 500

/**
 * Settles what earlier processes left, then watches until a restored store waits to take the place of the live one; `onSwap` is to close
 * everything and start anew, which does it.
 */
export async function runBackups(
  { backups, restores }: BackupArea,
  { where, log, signal, onSwap }: { where: Whereabouts; log: Logger; signal: AbortSignal; onSwap: () => void },
): Promise<void> {
  await restores.settle().catch((error: unknown) => log.error({ err: error }, 'a restore is not recorded yet'))
  await backups.tidy().catch((error: unknown) => log.error({ err: error }, 'the archives could not be looked through'))
  while (!signal.aborted) {
    if (isSwapDue(where)) return onSwap()
    await sleep(lookEvery, undefined, { signal, ref: false }).catch(() => undefined)
  }
}
