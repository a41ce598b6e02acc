// Restores a backup: says what will happen, asks for a typed confirmation, and swaps, or has the running server do it.
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { ArchiveError, isSwapOrdered, type Plan, swapAsOrdered } from '../backup/index.ts'
import { pathsIn } from '../opening.ts'
import { isInUse } from '../stores/sqlite/database.ts'
import { command, UsageError } from './command.ts'

const position = z.string().regex(/^\d+$/)

/** A position stays; a date or time becomes an instant. */
function untilOf(text: unknown): string | null {
  if (text === undefined) return null
  if (position.safeParse(text).success) return String(text)
  const time = new Date(String(text))
  if (Number.isNaN(time.getTime()))
    throw new UsageError('--to takes a position, or a time such as 2026-03-02T17:00:00Z')
  return time.toISOString()
}

const told = ({ backupId, createdAt, until, head, erased }: Plan, dataDir: string): string =>
  [
    `Backup ${backupId} of ${createdAt} will become the store in ${dataDir}${until === null ? '' : `, up to ${until}`}.`,
    `What is there now, up to position ${head}, is set aside in a folder beside it and kept until you remove it.`,
    `Persons who were erased stay erased: ${erased}.`,
  ].join('\n')

export const restoreCommand = command({
  name: 'restore',
  summary: 'restore a backup, up to any point in time',
  usage: 'restore <id> [--to POSITION|TIME] [--confirm restore] [--identity FILE] [--foreign]',
  help: `Makes a store of the backup, checks it, and puts it in the place of the present one, which is kept.
Without --confirm it says what will happen and asks for the word “restore”. A server that runs takes the restored store over by itself.
--to: the last position or instant. --identity: a file with an age identity (AGE-SECRET-KEY-1…) that opens the archive.
--foreign: also when the data directory holds another company.`,
  options: {
    to: { type: 'string' },
    confirm: { type: 'string' },
    identity: { type: 'string' },
    foreign: { type: 'boolean', default: false },
  },
  parse({ to, confirm, identity, foreign }, names) {
    const [backupId] = names
    if (backupId === undefined || names.length > 1) throw new UsageError('name one backup by its id')
    const lines = typeof identity === 'string' ? readFileSync(identity, 'utf8').split('\n') : []
    const identities = lines.map((line) => line.trim()).filter((line) => line.startsWith('AGE-SECRET-KEY-'))
    return { backupId, until: untilOf(to), identities, foreign: foreign === true, typed: confirm }
  },
  async run({ config, backup, self, close }, { typed, ...asked }) {
    const { dataDir } = config
    try {
      const plan = await backup.restores.plan(asked)
      console.log(told(plan, dataDir))
      const confirm = typeof typed === 'string' ? typed : await ask('Type “restore” to go on: ')
      const { outcome, finished } = await backup.restores.begin({ ...asked, confirm }, self('command-line'))
      if (outcome.rejected) {
        console.error(
          outcome.code === 'confirmation-needed' ? 'Not confirmed: nothing was done.' : `Refused: ${outcome.code}`,
        )
        return 1
      }
      if (!(await finished)) {
        console.error('The restore failed; nothing was touched. The events of the log tell why.')
        return 1
      }
      await close()
      await swapOrWait(dataDir)
      return 0
    } catch (error) {
      if (!(error instanceof ArchiveError)) throw error
      console.error(error.message)
      return 1
    }
  },
})

/** Milliseconds that a running server has to take the restored store over. */
const patience = 30_000

/** Swaps, where nobody has the store open; else whoever has it does. */
async function swapOrWait(dataDir: string): Promise<void> {
  for (
    const start = performance.now();
    isSwapOrdered(dataDir) && performance.now() - start < patience;
    await sleep(100)
  )
    if (!isInUse(pathsIn(dataDir).events)) swapAsOrdered(dataDir)
  console.log(
    isSwapOrdered(dataDir)
      ? 'The restored store is ready; the server takes it over when it is started anew.'
      : 'Restored. What was there before is kept until you remove it.',
  )
}

async function ask(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  const answer = await terminal.question(question)
  terminal.close()
  return answer
}
