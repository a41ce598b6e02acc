// Restoring: archives become a new store in a folder of its own, which is read again and compared with what they held.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { GrowingTree, leafOf } from '../audit/index.ts'
import { openEmbeddedReadModels } from '../embedded-read-models.ts'
import { type FileStore, openDirectory } from '../files/index.ts'
import { START } from '../kernel/event-store.ts'
import type { KeyValueStore } from '../kernel/key-value.ts'
import { erasedEntry } from '../kernel/vault.ts'
import { pathsIn } from '../opening.ts'
import { openSqliteEventStore } from '../stores/sqlite/event-store.ts'
import { openSqliteKeyValue } from '../stores/sqlite/key-value.ts'
import { openLogImport } from '../stores/sqlite/log-import.ts'
import { holdBackReactors } from '../subscribers/checkpoint.ts'
import { ArchiveError } from './archive-error.ts'
import { type ArchiveKeys, fingerprintOf } from './encryption.ts'
import type { KeyLine, Manifest } from './format.ts'
import { type Read, type Readers, readArchive } from './reading.ts'

/** The last position or the last instant (ISO 8601 UTC) to restore; null for all that there is. */
export type Until = string | null

export interface RestoringOptions {
  readonly files: FileStore
  readonly backupId: string
  readonly keys: ArchiveKeys
  readonly until: Until
  /** A new folder, where the store is made. */
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

/** Makes a store of a backup in the folder, up to a point. Nothing outside it is touched. @throws ArchiveError, UnavailableError */
export async function restoreInto(options: RestoringOptions): Promise<Restored> {
  const chain = await chainOf(options)
  mkdirSync(options.folder, { recursive: true, mode: 0o700 })
  const paths = pathsIn(options.folder)
  const log = openLogImport(paths.events)
  const keyValue = openSqliteKeyValue({ path: paths.keyValue })
  try {
    const { tree, head } = await fill(options, chain, { log, keyValue }).finally(() => log.close())
    if (tree.size === 0) throw new ArchiveError('nothing-to-restore')
    for (const person of options.erased) {
      const { space, key, value } = erasedEntry(person)
      await keyValue.put(space, key, value)
    }
    await holdBackReactors(keyValue, head)
    // They lie in their place from the beginning, so that no older ones are taken for them.
    await openEmbeddedReadModels({ path: paths.readModels }).close()
    const root = tree.root().toString('hex')
    if ((await rootOf(paths.events)) !== root)
      throw new ArchiveError('damaged-archive', 'the restored log is not what was read')
    return { events: tree.size, toPosition: String(head), root }
  } finally {
    await keyValue.close()
  }
}

interface Filled {
  readonly log: ReturnType<typeof openLogImport>
  readonly keyValue: KeyValueStore
}

async function fill(options: RestoringOptions, chain: readonly Manifest[], { log, keyValue }: Filled) {
  const { files, keys, folder, until, erased, onProgress } = options
  const tree = new GrowingTree()
  const isWithin = within(until)
  let head = START
  let before: Read | undefined
  let ended = false
  const photos = openDirectory(join(folder, 'photos'))
  let masterKey = fingerprintOf(options.masterKey)

  for (const { id } of chain) {
    const isLast = id === chain.at(-1)?.id
    const readers: Readers = {
      events(read) {
        const beyond = ended ? 0 : read.findIndex((event) => !isWithin(event))
        const wanted = beyond < 0 ? read : read.slice(0, beyond)
        ended ||= beyond >= 0
        for (const event of wanted) tree.append(leafOf(event))
        // Where the new log has it; the same as in the old one, if that was embedded too.
        head = BigInt(tree.size) - 1n
        log.add(wanted)
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
  return { tree, head }
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

/** The root of the tree over a log that is read anew. */
async function rootOf(path: string): Promise<string> {
  const store = openSqliteEventStore({ path, readOnly: true })
  const tree = new GrowingTree()
  for await (const page of store.readAll()) for (const event of page) tree.append(leafOf(event))
  await store.close()
  return tree.root().toString('hex')
}
