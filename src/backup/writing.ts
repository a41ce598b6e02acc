// Writing an archive: the log in its order, then what the log does not hold, as entries of a stream.

import { createHash } from 'node:crypto'
import { leafOf } from '../audit/index.ts'
import { type FileStore, readWhole } from '../files/index.ts'
import type { EventStore } from '../kernel/event-store.ts'
import type { KeyValueStore } from '../kernel/key-value.ts'
import { numberingSpace } from '../moving/numbering.ts'
import { arrivalSpace } from './arrival.ts'
import type { ArchiveKeys } from './encryption.ts'
import { fileOf, type KeyLine, type Manifest, names, type Summary, stateOf, treeFrom } from './format.ts'
import { lineOf } from './lines.ts'
import { type Entry, sealArchive } from './tar.ts'

export interface Sources {
  /** As it is stored: personal fields stay encrypted. */
  readonly rawLog: EventStore
  readonly keyValue: KeyValueStore
  readonly photos: FileStore
  /** The text of the master key's file, where the installation made its own. */
  readonly masterKey: string | undefined
}

export interface WritingOptions {
  readonly sources: Sources
  readonly manifest: Manifest
  /** Photos that are older are in the archive that this one builds upon. */
  readonly photosSince: Date | undefined
  readonly keys: ArchiveKeys
  readonly files: FileStore
  readonly onProgress: (events: number) => void
}

/** What was written: the summary, and the file's size and SHA-256. */
export interface Written extends Summary {
  readonly bytes: number
  readonly digest: string
}

/** What is derived from the log, or of the moment. Every other space is kept, so that a new one is never forgotten. */
const passing = new Set([
  'snapshot',
  'log-tree',
  'lease',
  'progress',
  'presence',
  'schedule',
  'attempts',
  'nodes',
  'projection-holds',
  'product-imports',
  'log-verifications',
  numberingSpace,
  arrivalSpace,
])
/** Characters after which lines become an entry. */
const entrySize = 1 << 20
const entriesAtOnce = 500
/** A clock of another node, or of a bucket, may differ so many milliseconds from ours. */
const clockTolerance = 24 * 3_600_000

/** Writes the archive of a manifest, up to the end of the log as it is when that is reached. */
export async function writeArchive({ manifest, keys, files, ...options }: WritingOptions): Promise<Written> {
  let summary: Summary | undefined
  const entries = entriesOf({ manifest, ...options }, (made) => {
    summary = made
  })
  const hash = createHash('sha256')
  const archive = await sealArchive(entries, new Date(manifest.createdAt), keys)
  const bytes = await files.write(fileOf(manifest.id), hashed(archive, hash))
  if (!summary) throw new TypeError('the archive ended without its summary')
  return { ...summary, bytes, digest: hash.digest('hex') }
}

async function* hashed(bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, hash: ReturnType<typeof createHash>) {
  for await (const piece of bytes) {
    hash.update(piece)
    yield piece
  }
}

type Reading = Omit<WritingOptions, 'keys' | 'files'>

async function* entriesOf(
  { sources, manifest, photosSince, onProgress }: Reading,
  onSummary: (summary: Summary) => void,
): AsyncGenerator<Entry> {
  yield json(names.manifest, manifest)

  const tree = treeFrom(manifest.from)
  let toPosition = manifest.from.position
  async function* eventLines() {
    for await (const page of sources.rawLog.readAll({ after: BigInt(manifest.from.position) })) {
      for (const event of page) {
        tree.append(leafOf(event))
        toPosition = String(event.position)
        yield lineOf(event)
      }
      onProgress(tree.size - manifest.from.size)
    }
  }
  yield* inParts(eventLines(), names.events)

  // After the events: whoever is named in them has a key by then, and every photo is there.
  let keys = 0
  async function* keyLines() {
    for await (const line of keyLinesOf(sources.keyValue)) {
      keys += 1
      yield JSON.stringify(line)
    }
  }
  yield* inParts(keyLines(), names.keys)

  let photos = 0
  const since = (photosSince?.getTime() ?? Number.NEGATIVE_INFINITY) - clockTolerance
  for await (const { name, modifiedAt } of sources.photos.list('')) {
    const bytes = modifiedAt.getTime() >= since ? await readWhole(sources.photos, name) : undefined
    if (!bytes) continue
    photos += 1
    yield { name: names.photo(name), bytes }
  }
  if (sources.masterKey !== undefined) yield { name: names.masterKey, bytes: Buffer.from(sources.masterKey) }

  const events = tree.size - manifest.from.size
  const made = { events, toPosition, root: tree.root().toString('hex'), ...stateOf(tree), keys, photos }
  onSummary(made)
  yield json(names.summary, made)
}

const json = (name: string, value: unknown): Entry => ({ name, bytes: Buffer.from(`${JSON.stringify(value)}\n`) })

/** Lines gathered into entries of about a megabyte. */
async function* inParts(lines: AsyncIterable<string>, nameOf: (part: number) => string): AsyncGenerator<Entry> {
  let [part, size, gathered] = [0, 0, [] as string[]]
  const entry = (): Entry => {
    part += 1
    const bytes = Buffer.from(`${gathered.join('\n')}\n`)
    gathered = []
    size = 0
    return { name: nameOf(part), bytes }
  }
  for await (const line of lines) {
    gathered.push(line)
    size += line.length
    if (size >= entrySize) yield entry()
  }
  if (gathered.length > 0) yield entry()
}

async function* keyLinesOf(keyValue: KeyValueStore): AsyncGenerator<KeyLine> {
  for (const space of await keyValue.spaces()) {
    if (passing.has(space)) continue
    for (let after = ''; ; ) {
      const page = await keyValue.list(space, { after, limit: entriesAtOnce })
      for (const { key, value } of page) yield { space, key, value }
      const last = page.at(-1)
      if (!last) break
      after = last.key
    }
  }
}
