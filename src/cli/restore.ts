// Restores a backup: says what will happen, asks for a typed confirmation, and swaps, or has the running server do it.
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { ArchiveError, isSwapOrdered, type Plan, type Setting, swapAsOrdered } from '../backup/index.ts'
import { pathsIn, type Whereabouts, whereaboutsOf } from '../opening.ts'
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

const told = ({ backupId, createdAt, until, head, erased, way }: Plan, dataDir: string): string => {
  const [place, present] = {
    swap: [
      `the store in ${dataDir}`,
      `What is there now, up to position ${head}, is set aside in a folder beside it and kept until you remove it.`,
    ],
    beside: [
      'a store on the same servers, beside the present one',
      `What is there now, up to position ${head}, stays in use until the nodes are started with the settings that will be told.`,
    ],
  }[way]
  return [
    `Backup ${backupId} of ${createdAt} will become ${place}${until === null ? '' : `, up to ${until}`}.`,
    present,
    `Persons who were erased stay erased: ${erased}.`,
  ].join('\n')
}

const obstacles: Readonly<Record<string, string>> = {
  'prefix-needed':
    'without EVENT_STORE_PREFIX, or with this one, the live log would take a second one on its KurrentDB for part of itself; set EVENT_STORE_URL to an empty KurrentDB and READ_MODELS_URL to an empty database, and try again',
}

export const restoreCommand = command({
  name: 'restore',
  summary: 'restore a backup, up to any point in time',
  usage: 'restore <id> [--to POSITION|TIME] [--confirm restore] [--identity FILE] [--foreign]',
  help: `Makes a store of the backup, checks it, and puts it in the place of the present one, which is kept.
Without --confirm it says what will happen and asks for the word “restore”. A server that runs takes the restored store over by itself.
On KurrentDB and MongoDB the present one stays, and the command tells with what settings the nodes use the restored one.
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
      if (plan.obstacle !== null) {
        console.error(`Refused: ${obstacles[plan.obstacle] ?? plan.obstacle}.`)
        return 1
      }
      console.log(told(plan, dataDir))
      const confirm = typeof typed === 'string' ? typed : await ask('Type “restore” to go on: ')
      const { outcome, finished } = await backup.restores.begin({ ...asked, confirm }, self('command-line'))
      if (outcome.rejected) {
        const isUnconfirmed = outcome.code === 'confirmation-needed'
        console.error(isUnconfirmed ? 'Not confirmed: nothing was done.' : `Refused: ${outcome.code}`)
        return 1
      }
      if (!(await finished)) {
        console.error('The restore failed; nothing was touched. The events of the log tell why.')
        return 1
      }
      if (plan.way === 'beside') {
        tellSettings(backup.restores.settings(outcome.value.id))
        return 0
      }
      await close()
      await swapOrWait(whereaboutsOf(config))
      return 0
    } catch (error) {
      if (!(error instanceof ArchiveError)) throw error
      console.error(error.message)
      return 1
    }
  },
})

function tellSettings(settings: readonly Setting[]): void {
  console.log('Restored and verified. Stop the nodes, and start them all with:')
  for (const { name, value } of settings) console.log(`  ${name}=${value}`)
  console.log('With the settings of before, they use what was there before.')
}

/** Milliseconds that a running server has to take the restored store over. */
const patience = 30_000

/** Swaps, where nobody has the store open; else whoever has it does. */
async function swapOrWait(where: Whereabouts): Promise<void> {
  const { dataDir } = where
  for (
    const start = performance.now();
    isSwapOrdered(dataDir) && performance.now() - start < patience;
    await sleep(100)
  )
    if (!isInUse(pathsIn(dataDir).events)) swapAsOrdered(where)
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
