// Reading an archive whole: every entry in its place, every event in its order, and the tree that it says.

import { createHash } from 'node:crypto'
import { type Hash, leafOf } from '../audit/index.ts'
import type { FileStore } from '../files/index.ts'
import type { RecordedEvent } from '../kernel/event.ts'
import { ArchiveError } from './archive-error.ts'
import type { ArchiveKeys } from './encryption.ts'
import {
  fileOf,
  type KeyLine,
  keyLine,
  type Manifest,
  manifest,
  names,
  type Summary,
  stateOf,
  summary,
  treeFrom,
} from './format.ts'
import { eventIn, linesOf } from './lines.ts'
import { type Entry, openArchive } from './tar.ts'

/** What a reader does with what is read. Nothing is certain before `readArchive` has resolved. */
export interface Readers {
  /** A few events at a time, in the order of the log, with their leaves in the tree. */
  readonly events?: (events: readonly RecordedEvent[], leaves: readonly Hash[]) => void | Promise<void>
  readonly key?: (line: KeyLine) => void | Promise<void>
  readonly photo?: (name: string, bytes: Uint8Array) => void | Promise<void>
  readonly masterKey?: (text: string) => void
}

export interface Read {
  readonly manifest: Manifest
  readonly summary: Summary
  readonly bytes: number
  readonly digest: string
}

export interface ReadingOptions {
  readonly files: FileStore
  readonly backupId: string
  readonly keys: ArchiveKeys
  readonly onManifest?: (manifest: Manifest) => void
  readonly onProgress?: (events: number) => void
}

/** Reads an archive from its beginning to its end. @throws ArchiveError, UnavailableError */
export async function readArchive(
  { files, backupId, keys, onManifest, onProgress }: ReadingOptions,
  readers: Readers = {},
): Promise<Read> {
  const content = await files.read(fileOf(backupId))
  if (!content) throw new ArchiveError('missing-archive', fileOf(backupId))
  const hash = createHash('sha256')
  let bytes = 0
  async function* counted(pieces: AsyncIterable<Uint8Array>) {
    for await (const piece of pieces) {
      hash.update(piece)
      bytes += piece.byteLength
      yield piece
    }
  }
  const read = await readEntries(counted(content), keys, { readers, onManifest, onProgress })
  if (read.manifest.id !== backupId) throw new ArchiveError('foreign-archive', `it is backup ${read.manifest.id}`)
  return { ...read, bytes, digest: hash.digest('hex') }
}

interface Told {
  readonly readers: Readers
  readonly onManifest: ReadingOptions['onManifest']
  readonly onProgress: ReadingOptions['onProgress']
}

async function readEntries(bytes: AsyncIterable<Uint8Array>, keys: ArchiveKeys, told: Told) {
  const entries = openArchive(bytes, keys)
  try {
    return await readEach(entries, told)
  } finally {
    // Whoever has heard enough leaves the rest, and the file is to be closed.
    await entries.return(undefined)
  }
}

async function readEach(entries: AsyncGenerator<Entry>, { readers, onManifest, onProgress }: Told) {
  const first = await entries.next()
  if (first.done || first.value.name !== names.manifest) throw new ArchiveError('foreign-archive')
  const head = parsed(manifest, first.value.bytes, 'foreign-archive')
  onManifest?.(head)

  const tree = treeFrom(head.from)
  let position = BigInt(head.from.position)
  let end: Summary | undefined
  const counts = { events: 0, keys: 0, photos: 0, eventParts: 0, keyParts: 0 }

  const takeEvents = async (text: string) => {
    const events = linesOf(text).map(eventIn)
    for (const event of events) {
      if (event.position <= position)
        throw new ArchiveError('damaged-archive', `event ${event.position} stands after ${position}`)
      position = event.position
    }
    const leaves = events.map(leafOf)
    for (const leaf of leaves) tree.append(leaf)
    counts.events += events.length
    await readers.events?.(events, leaves)
    onProgress?.(counts.events)
  }
  const takeKeys = async (text: string) => {
    for (const line of linesOf(text)) {
      counts.keys += 1
      await readers.key?.(parsed(keyLine, line))
    }
  }

  for await (const { name, bytes: content } of entries) {
    if (end) throw new ArchiveError('damaged-archive', `${name} stands after the end`)
    if (name === names.events(counts.eventParts + 1)) {
      counts.eventParts += 1
      await takeEvents(textOf(content))
    } else if (name === names.keys(counts.keyParts + 1)) {
      counts.keyParts += 1
      await takeKeys(textOf(content))
    } else if (name.startsWith(names.photo(''))) {
      counts.photos += 1
      await readers.photo?.(name.slice(names.photo('').length), content)
    } else if (name === names.masterKey) readers.masterKey?.(textOf(content))
    else if (name === names.summary) end = parsed(summary, content)
    else throw new ArchiveError('damaged-archive', `${name} is not in its place`)
  }
  if (!end) throw new ArchiveError('damaged-archive', 'it has no end')
  const found = {
    events: counts.events,
    toPosition: String(position),
    root: tree.root().toString('hex'),
    ...stateOf(tree),
    keys: counts.keys,
    photos: counts.photos,
  }
  for (const [what, value] of Object.entries(found))
    if (String(end[what as keyof Summary]) !== String(value))
      throw new ArchiveError('damaged-archive', `its ${what} is not what it says at its end`)
  return { manifest: head, summary: end }
}

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString()

function parsed<Value>(
  schema: { parse(value: unknown): Value },
  text: Uint8Array | string,
  otherwise: 'damaged-archive' | 'foreign-archive' = 'damaged-archive',
): Value {
  try {
    return schema.parse(JSON.parse(typeof text === 'string' ? text : textOf(text)))
  } catch (cause) {
    throw new ArchiveError(otherwise, 'an entry is not what it should be', { cause })
  }
}
