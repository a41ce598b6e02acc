// Moves an installation from the embedded stores to servers, or back.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { masterKeyIn } from '../auth/master-key.ts'
import { type Config, ConfigError, readConfig } from '../config.ts'
import { move } from '../moving/move.ts'
import { openStores, type Whereabouts, whereaboutsOf } from '../opening.ts'
import { offlineCommand, UsageError } from './command.ts'

const places = ['embedded', 'servers'] as const
type Place = (typeof places)[number]
const isPlace = (value: unknown): value is Place => places.includes(value as Place)

/** The two places of a configuration that names servers. @throws ConfigError */
function placesOf(config: Config): Readonly<Record<Place, Whereabouts>> {
  const servers = whereaboutsOf(config)
  if (!servers.eventStoreUrl || !servers.readModelsUrl)
    throw new ConfigError('EVENT_STORE_URL and READ_MODELS_URL: both say where the servers are; a half is not moved')
  const { dataDir, eventStorePrefix } = servers
  return { servers, embedded: { dataDir, eventStorePrefix } }
}

/** What is sealed with one key cannot be opened with another. @throws ConfigError */
function assertSameMasterKey({ dataDir, masterKey }: Config): void {
  if (!existsSync(join(dataDir, 'master.key'))) return
  if (masterKey?.equals(masterKeyIn(dataDir))) return
  throw new ConfigError(`MASTER_KEY: must be the key in ${join(dataDir, 'master.key')}, with which the data is sealed`)
}

export const migrateCommand = offlineCommand({
  name: 'migrate',
  summary: 'move everything to servers, or back',
  usage: 'migrate --from embedded --to servers | --from servers --to embedded',
  help: `Copies the log with its order, ids, times and metadata, and what is kept beside it (keys of persons, passwords, checkpoints), then compares
both logs event by event. DATA_DIR is the embedded place, EVENT_STORE_URL and READ_MODELS_URL (with MASTER_KEY) are the servers.
It may run while the server runs: stop the server, run it again, and only the rest is copied. An interrupted copy is gone on with.
Read models are made anew at the next start. Photos and backups stay where FILES_URL says.`,
  options: { from: { type: 'string' }, to: { type: 'string' } },
  parse({ from, to }) {
    if (!isPlace(from) || !isPlace(to) || from === to)
      throw new UsageError('--from and --to take embedded and servers, one each')
    return { from, to }
  },
  async runOffline(input) {
    const config = readConfig(process.env)
    assertSameMasterKey(config)
    const where = placesOf(config)
    const from = await openStores(where[input.from], { readOnly: true })
    const to = await openStores(where[input.to])
    let told = 0
    try {
      const { events, entries, verdict } = await move(from, to, (copied) => {
        if (copied - told < 10_000) return
        told = copied
        console.log(`${copied} events copied`)
      })
      console.log(`${events} events copied, ${entries} entries beside the log.`)
      if (!verdict.same) {
        console.error(`The copy is not the same: ${verdict.difference}.`)
        return 1
      }
      console.log(`Verified: ${verdict.events} events are the same on both sides, Merkle root ${verdict.root}.`)
      return 0
    } finally {
      await Promise.all([from.close(), to.close()])
    }
  },
})
