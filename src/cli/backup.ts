// Backups from the command line: made, listed, verified; and the key that opens them with the standard tools.
import { ownIdentity } from '../backup/index.ts'
import { masterKeyOf } from '../opening.ts'
import type { System } from '../system.ts'
import { type Command, command, UsageError } from './command.ts'

const oneId = (names: readonly string[]): string => {
  const [id] = names
  if (id === undefined || names.length > 1) throw new UsageError('name one backup by its id')
  return id
}

const refused = (code: string): number => {
  console.error(`Refused: ${code}`)
  return 1
}

const make = command({
  name: 'backup',
  summary: 'make a backup, read it back and verify it',
  usage: 'backup [--incremental]',
  help: `Writes all that cannot be made again into one encrypted archive in BACKUP_DIR, also while the server runs, and reads it back whole.
--incremental: only what came after the last full backup, when that is less than a week old.`,
  options: { incremental: { type: 'boolean', default: false } },
  parse: ({ incremental }) => ({ kind: incremental ? undefined : ('full' as const) }),
  async run({ backup, self }, { kind }) {
    const { outcome, finished } = await backup.backups.begin({ kind, scheduled: false }, self('command-line'))
    if (outcome.rejected) return refused(outcome.code)
    const sound = await finished
    console.log(sound ? `${outcome.value.id} is written and verified.` : `${outcome.value.id} failed.`)
    return sound ? 0 : 1
  },
})

const list = command({
  name: 'backup list',
  summary: 'the backups that there are',
  usage: 'backup list',
  help: 'Lists the archives that are there: id, kind, when it was begun, bytes, state; also those that this log does not know.',
  options: {},
  parse: () => undefined,
  async run({ backup }) {
    for (const { backupId, bytes, writtenAt, known } of await backup.backups.archives()) {
      const state = known ? (known.sound ? 'verified' : 'failed') : 'not known to this log'
      const begun = known?.createdAt ?? writtenAt.toISOString()
      console.log([backupId, (known?.kind ?? '-').padEnd(11), begun, String(bytes).padStart(12), state].join('  '))
    }
    return 0
  },
})

const verify = command({
  name: 'backup verify',
  summary: 'read a backup whole and compare it with what was written',
  usage: 'backup verify <id>',
  help: 'Exit code 1 when the archive is not sound.',
  options: {},
  parse: (_, names) => oneId(names),
  async run({ backup, self }: System, id) {
    const { outcome, finished } = await backup.backups.verify(id, self('command-line'))
    if (outcome.rejected) return refused(outcome.code)
    const sound = await finished
    console.log(sound ? 'The archive is sound.' : 'The archive is NOT sound.')
    return sound ? 0 : 1
  },
})

const key = command({
  name: 'backup key',
  summary: 'the age identity that opens the archives',
  usage: 'backup key',
  help: `Prints the identity that is derived from the master key and opens every archive that was not encrypted by BACKUP_PASSPHRASE.
Keep it, or the master key, apart from the machine and from the archives.`,
  options: {},
  parse: () => undefined,
  async run({ config }) {
    console.log(ownIdentity(masterKeyOf(config)))
    return 0
  },
})

/** The longer names first. */
export const backupCommands: readonly Command[] = [list, verify, key, make]
