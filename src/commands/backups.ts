// Commands on backups: each step of the work is recorded as it is done.
import { type BackupCommands, type Backups, backups, backupsId } from '../domain/backups/backups.ts'
import { type Restore, type RestoreCommands, restore } from '../domain/backups/restore.ts'
import type { Context, Desk, Outcome } from './handling.ts'

/** Records a step of a backup, which is told the time. Rejections: those of the decider `backups`. */
export const onBackups = <K extends keyof BackupCommands & string>(
  { commands, now }: Desk,
  type: K,
  command: (at: string) => BackupCommands[K],
  context: Context,
) => {
  const decided = command(now().toISOString())
  return commands.execute(context, (unit) => {
    unit.decide(backups, backupsId, type, decided)
    return { id: decided.backupId }
  })
}

/** Records a step of a restore, which is told the time. Rejections: those of the decider `restore`. */
export const onRestore = <K extends keyof RestoreCommands & string>(
  { commands, now }: Desk,
  type: K,
  command: (at: string) => RestoreCommands[K],
  context: Context,
) => {
  const decided = command(now().toISOString())
  return commands.execute(context, (unit) => {
    unit.decide(restore, decided.restoreId, type, decided)
    return { id: decided.restoreId }
  })
}

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
