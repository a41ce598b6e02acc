// Backups: writing an archive, reading it whole, and restoring it, each against a bare read of the same log, and the memory that they add.
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { masterKeyIn } from '../src/auth/master-key.ts'
import { fingerprintOf, ownIdentity } from '../src/backup/encryption.ts'
import { readArchive } from '../src/backup/reading.ts'
import { restoreInto } from '../src/backup/restoring.ts'
import { writeArchive } from '../src/backup/writing.ts'
import { openDirectory } from '../src/files/index.ts'
import { embeddedIn, pathsIn } from '../src/opening.ts'
import { openSqliteEventStore } from '../src/stores/sqlite/event-store.ts'
import { openSqliteKeyValue } from '../src/stores/sqlite/key-value.ts'
import { type Figure, inTurns, perSecond } from './figure.ts'
import type { History } from './history.ts'

const nothing = () => undefined
const backupId = 'measured'

/** Does the work; gives events a second and remembers the greatest growth of resident memory, in megabytes. */
function watched(events: number, work: () => Promise<unknown>) {
  let growth = 0
  const rate = async () => {
    globalThis.gc?.()
    const before = process.memoryUsage.rss()
    const watching = setInterval(() => {
      growth = Math.max(growth, (process.memoryUsage.rss() - before) / 2 ** 20)
    }, 20)
    const start = performance.now()
    await work()
    clearInterval(watching)
    return perSecond(events, start)
  }
  return { rate, growth: () => growth }
}

async function measure({ folder }: History, rounds: number) {
  const paths = pathsIn(folder)
  const rawLog = openSqliteEventStore({ path: paths.events, readOnly: true })
  const keyValue = openSqliteKeyValue({ path: paths.keyValue })
  const events = Number(await rawLog.head()) + 1
  const [files, photos] = [openDirectory(join(folder, 'measured')), openDirectory(join(folder, 'photos'))]
  const masterKey = masterKeyIn(folder)
  const keys = { recipients: [], identities: [ownIdentity(masterKey)] }
  const scratch = join(folder, 'scratch')

  const bare = watched(events, async () => {
    for await (const _ of rawLog.readAll());
  })
  const write = watched(events, () =>
    writeArchive({
      sources: { rawLog, keyValue, photos, masterKey: undefined },
      manifest: {
        format: 'caminho-backup',
        version: 1,
        id: backupId,
        kind: 'full',
        baseId: null,
        createdAt: new Date().toISOString(),
        log: null,
        masterKey: fingerprintOf(masterKey),
        from: { position: '-1', size: 0, peaks: [] },
      },
      photosSince: undefined,
      keys,
      files,
      onProgress: nothing,
    }),
  )
  const read = watched(events, () => readArchive({ files, backupId, keys }))
  const restore = watched(events, async () => {
    await rm(scratch, { recursive: true, force: true })
    const secret = { keys, masterKey, ownsMasterKey: true }
    await restoreInto({
      files,
      backupId,
      until: null,
      into: embeddedIn(scratch),
      folder: scratch,
      erased: new Set(),
      onProgress: nothing,
      ...secret,
    })
  })
  const rates = await inTurns(rounds, [bare.rate, write.rate, read.rate, restore.rate])
  await Promise.all([rawLog.close(), keyValue.close()])
  await rm(scratch, { recursive: true, force: true })
  return { events, rates, growths: [write, read, restore].map(({ growth }) => growth()) }
}

const kinds = [
  ['writing an archive', 0.09, 'canonical text and hash of each event, zstd and ChaCha20 on one thread'],
  ['verifying an archive', 0.08, 'parsing and hashing each event'],
  ['restoring an archive', 0.04, 'parsing, hashing and inserting each event'],
] as const

/** Rates as shares of a bare read of the log; memory, which must not grow with the log. */
export async function backups(histories: readonly History[]): Promise<readonly Figure[]> {
  const figures: Figure[] = []
  for (const history of histories) {
    const { events, rates, growths } = await measure(history, history.events > 100_000 ? 1 : 3)
    const [baseline = 0, ...values] = rates
    const length = events.toLocaleString('en')
    for (const [index, [name, ratio, limitedBy]] of kinds.entries()) {
      const [value, growth] = [values[index] ?? 0, growths[index] ?? 0]
      const at = `${name}, ${length} events`
      figures.push({ name: at, value, baseline, unit: 'events/s', bound: { ratio }, against: 'a bare read', limitedBy })
      const memory = { value: growth, baseline: growth, unit: 'MB', bound: { most: 150 }, against: 'itself' } as const
      figures.push({ ...memory, name: `${at}: memory`, limitedBy: 'pages and pieces on their way' })
    }
  }
  return figures
}
