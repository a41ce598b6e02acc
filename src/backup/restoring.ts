// Restoring: archives become a new store in places of its own, which is read again and compared with what they held.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { GrowingTree } from '../audit/index.ts'
import { type FileStore, openDirectory } from '../files/index.ts'
import type { KeyValueStore } from '../kernel/key-value.ts'
import { erasedEntry } from '../kernel/vault.ts'
import { noteNumbering } from '../moving/numbering.ts'
import { openBesideTheLog, type Whereabouts } from '../opening.ts'
import { moveCheckpoints } from '../subscribers/checkpoint.ts'
import { ArchiveError } from './archive-error.ts'
import { type ArchiveKeys, fingerprintOf } from './encryption.ts'
import type { KeyLine, Manifest } from './format.ts'
import { type NewLog, openNewLog } from './new-log.ts'
import { type Read, type Readers, readArchive } from './reading.ts'

/** The last position or the last instant (ISO 8601 UTC) to restore; null for all that there is. */
export type Until = string | null

export interface RestoringOptions {
  readonly files: FileStore
  readonly backupId: string
  readonly keys: ArchiveKeys
  readonly until: Until
  /** Where the store is made: nothing is there yet. */
  readonly into: Whereabouts
  /** A new folder for what comes as files: photos, and a master key. */
  readonly folder: string
  readonly erased: ReadonlySet<string>
  readonly masterKey: Buffer
  /** Whether the master key is the installation's own file, which may be replaced by the one in the archive. */
  readonly ownsMasterKey: boolean
  readonly onProgress: (events: number) => void
}

export interface Restored {
  readonly events: number
  readonly toPosition: string
  readonly root: string
}

/** The archives that a backup consists of: itself, after the full one that it builds upon. */
export async function chainOf(
  options: Pick<RestoringOptions, 'files' | 'keys' | 'backupId'>,
): Promise<readonly Manifest[]> {
  const head = await manifestOf(options)
  return head.baseId === null ? [head] : [await manifestOf({ ...options, backupId: head.baseId }), head]
}

class Enough extends Error {}

/** What an archive says of itself, before its events. @throws ArchiveError, UnavailableError */
async function manifestOf(options: Pick<RestoringOptions, 'files' | 'keys' | 'backupId'>): Promise<Manifest> {
  let found: Manifest | undefined
  const onManifest = (manifest: Manifest) => {
    found = manifest
    throw new Enough()
  }
  try {
    await readArchive({ ...options, onManifest })
  } catch (error) {
    if (!(error instanceof Enough)) throw error
  }
  if (!found) throw new ArchiveError('foreign-archive')
  return found
}

/** Makes a store of a backup, up to a point. Nothing that was there before is touched. @throws ArchiveError, UnavailableError */
export async function restoreInto(options: RestoringOptions): Promise<Restored> {
  const { into, folder, erased } = options
  const chain = await chainOf(options)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const log = await openNewLog(into)
  const { keyValue, close } = await openBesideTheLog(into)
  try {
    const tree = await fill(options, chain, { log, keyValue })
    if (tree.size === 0) throw new ArchiveError('nothing-to-restore')
    for (const person of erased) {
      const { space, key, value } = erasedEntry(person)
      await keyValue.put(space, key, value)
    }
    // None stands beyond the end of the log, and none was left by the holder of a lease that the store knows nothing of.
    await moveCheckpoints(keyValue, keyValue, async (position) => log.numbering.placeOf(position))
    await noteNumbering(keyValue, new Date())
    const root = tree.root().toString('hex')
    if (!(await log.holds(root))) throw new ArchiveError('damaged-archive', 'the restored log is not what was read')
    return { events: tree.size, toPosition: String(log.numbering.head), root }
  } finally {
    await log.close()
    await close()
  }
}

interface Filled {
  readonly log: NewLog
  readonly keyValue: KeyValueStore
}

async function fill(options: RestoringOptions, chain: readonly Manifest[], { log, keyValue }: Filled) {
  const { files, keys, folder, until, erased, onProgress } = options
  const tree = new GrowingTree()
  const isWithin = within(until)
  let before: Read | undefined
  let ended = false
  const photos = openDirectory(join(folder, 'photos'))
  let masterKey = fingerprintOf(options.masterKey)

  for (const { id } of chain) {
    const isLast = id === chain.at(-1)?.id
    const readers: Readers = {
      async events(read, leaves) {
        const beyond = ended ? 0 : read.findIndex((event) => !isWithin(event))
        const wanted = beyond < 0 ? read : read.slice(0, beyond)
        ended ||= beyond >= 0
        for (const leaf of leaves.slice(0, wanted.length)) tree.append(leaf)
        await log.add(wanted)
        onProgress(tree.size)
      },
      async photo(name, bytes) {
        await photos.write(name, [bytes])
      },
      ...(isLast && {
        key: (line: KeyLine) => putKey(keyValue, line, erased),
        masterKey(text: string) {
          masterKey = takeMasterKey(options, text)
        },
      }),
    }
    const onManifest = (manifest: Manifest) => holdToChain(manifest, before, options)
    before = await readArchive({ files, backupId: id, keys, onManifest }, readers)
  }
  if (before?.manifest.masterKey !== masterKey) throw new ArchiveError('other-master-key')
  await log.finish()
  return tree
}

/** Whether an event belongs to what is to be restored. */
function within(until: Until): (event: { readonly position: bigint; readonly recordedAt: string }) => boolean {
  if (until === null) return () => true
  if (/^\d+$/.test(until)) return ({ position }) => position <= BigInt(until)
  const last = new Date(until).toISOString()
  return ({ recordedAt }) => recordedAt <= last
}

/** An incremental archive follows the very full one that it was made upon. */
function holdToChain(manifest: Manifest, before: Read | undefined, { masterKey, ownsMasterKey }: RestoringOptions) {
  if (manifest.masterKey !== fingerprintOf(masterKey) && !ownsMasterKey) throw new ArchiveError('other-master-key')
  if (!before) return
  const { summary } = before
  const follows =
    manifest.log === before.manifest.log &&
    manifest.from.size === summary.size &&
    manifest.from.position === summary.toPosition &&
    String(manifest.from.peaks) === String(summary.peaks)
  if (!follows) throw new ArchiveError('damaged-archive', 'it does not follow the full archive that it names')
}

async function putKey(keyValue: KeyValueStore, { space, key, value }: KeyLine, erased: ReadonlySet<string>) {
  if (erased.has(key) && (space === erasedEntry(key).space || space === 'password')) return
  await keyValue.put(space, key, value)
}

/** Puts the archive's master key beside the store, where it is not the present one; its fingerprint. */
function takeMasterKey({ folder, masterKey, ownsMasterKey }: RestoringOptions, text: string): string {
  const key = Buffer.from(text.trim(), 'base64')
  if (ownsMasterKey && !key.equals(masterKey))
    writeFileSync(join(folder, 'master.key'), text, { mode: 0o600, flush: true })
  return fingerprintOf(ownsMasterKey ? key : masterKey)
}
