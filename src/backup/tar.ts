// Archives as streams: entries into tar, zstd and age, and back. An entry is at most about a megabyte, or a photo; nothing else is held.
import { pipeline, Readable } from 'node:stream'
import { constants, createZstdCompress, createZstdDecompress } from 'node:zlib'
import { createTarDecoder, packTar } from 'modern-tar'
import type { Bytes } from '../files/index.ts'
import { ArchiveError } from './archive-error.ts'
import { type ArchiveKeys, decrypted, encrypted } from './encryption.ts'

export interface Entry {
  readonly name: string
  readonly bytes: Uint8Array
}

/** Two empty blocks end a tar file. */
const endOfTar = 1_024

async function* packed(entries: AsyncIterable<Entry>, modified: Date): AsyncGenerator<Uint8Array> {
  for await (const { name, bytes } of entries) {
    const header = { name, size: bytes.byteLength, type: 'file', mode: 0o600, mtime: modified } as const
    const file = await packTar([{ header, body: bytes }])
    yield file.subarray(0, -endOfTar)
  }
  yield new Uint8Array(endOfTar)
}

const ignore = () => undefined
// Node's types of the two kinds of streams do not know of one another.
const webOf = (stream: Readable) => Readable.toWeb(stream) as ReadableStream<Uint8Array>

/** The bytes of an archive of these entries. */
export async function sealArchive(entries: AsyncIterable<Entry>, modified: Date, keys: ArchiveKeys): Promise<Bytes> {
  const compress = createZstdCompress({ params: { [constants.ZSTD_c_checksumFlag]: 1 } })
  // An error of one reaches whoever reads the last.
  pipeline(Readable.from(packed(entries, modified), { objectMode: false }), compress, ignore)
  return encrypted(webOf(compress), keys)
}

/** The entries of an archive, in their order. @throws ArchiveError for whatever is not an archive, whole and opened by a key at hand */
export async function* openArchive(bytes: AsyncIterable<Uint8Array>, keys: ArchiveKeys): AsyncGenerator<Entry> {
  let trouble: unknown
  // What the store could not give is not a fault of the archive.
  const sealed = watched(bytes, (error) => {
    trouble = error
  })
  const plain = await decrypted(webOf(Readable.from(sealed, { objectMode: false })), keys)
  const decompress = createZstdDecompress()
  pipeline(Readable.fromWeb(plain as Parameters<typeof Readable.fromWeb>[0]), decompress, ignore)
  const files = webOf(decompress).pipeThrough(createTarDecoder({ strict: true }))
  try {
    for await (const { header, body } of files) {
      const parts: Uint8Array[] = []
      for await (const part of body) parts.push(part)
      yield { name: header.name, bytes: Buffer.concat(parts) }
    }
  } catch (cause) {
    if (trouble !== undefined) throw trouble
    throw cause instanceof ArchiveError ? cause : new ArchiveError('damaged-archive', String(cause), { cause })
  } finally {
    decompress.destroy()
  }
}

async function* watched(bytes: AsyncIterable<Uint8Array>, onError: (error: unknown) => void) {
  try {
    yield* bytes
  } catch (error) {
    onError(error)
    throw error
  }
}
