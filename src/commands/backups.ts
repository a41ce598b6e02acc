// Commands on backups: each step of the work is recorded as it is done.
import { type BackupCommands, type Backups, backups, backupsId } from '../domain/backups/backups.ts'
import { type Restore, type RestoreCommands, restore } from '../domain/backups/restore.ts'
import type { Context, Desk, Outcome } from './handling.ts'

/** A command without the time, which is now. */
type Untimed<Command> = Omit<Command, 'at'>

/** Records a step of a backup. Rejections: those of the decider `backups`. */
export const onBackups = <K extends keyof BackupCommands & string>(
  { commands, now }: Desk,
  type: K,
  command: Untimed<BackupCommands[K]> & { readonly backupId: string },
  context: Context,
) =>
  commands.execute(context, (unit) => {
    const timed = { ...command, at: now().toISOString() } as unknown as BackupCommands[K]
    unit.decide(backups, backupsId, type, timed)
    return { id: command.backupId }
  })

/** Records a step of a restore. Rejections: those of the decider `restore`. */
export const onRestore = <K extends keyof RestoreCommands & string>(
  { commands, now }: Desk,
  type: K,
  command: Untimed<RestoreCommands[K]> & { readonly restoreId: string },
  context: Context,
) =>
  commands.execute(context, (unit) => {
    const timed = { ...command, at: now().toISOString() } as unknown as RestoreCommands[K]
    unit.decide(restore, command.restoreId, type, timed)
    return { id: command.restoreId }
  })

/** What backups there are, as the log has it. */
export async function knownBackups({ commands }: Desk, context: Context): Promise<Backups> {
  return read(await commands.execute(context, (unit) => unit.state(backups, backupsId)))
}

/** How far a restore has come, as the log has it. */
export async function knownRestore({ commands }: Desk, restoreId: string, context: Context): Promise<Restore> {
  return read(await commands.execute(context, (unit) => unit.state(restore, restoreId)))
}

function read<State>(outcome: Outcome<State>): State {
  if (outcome.rejected) throw new TypeError(`reading a state was refused: ${outcome.code}`)
  return outcome.value
}
