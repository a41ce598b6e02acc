// Files in a directory, which may be shared by several nodes: written under a passing name, flushed, then given their own.
import { randomUUID } from 'node:crypto'
import type { Dirent } from 'node:fs'
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { UnavailableError } from '../kernel/errors.ts'
import { type Bytes, type FileStat, type FileStore, nameOf } from './file-store.ts'

const pieceBytes = 256 * 1024
/** No file's own name begins with a dot. */
const passing = /^\..*\.part$/

/** A store of files in a directory, which is made when it is first written to. */
export function openDirectory(root: string): FileStore {
  const reaching = async <Result>(use: () => Promise<Result>): Promise<Result> => {
    try {
      return await use()
    } catch (error) {
      throw isOfSystem(error) ? new UnavailableError(`the directory of files ${root}`, { cause: error }) : error
    }
  }
  const pathOf = (name: string) => join(root, ...nameOf(name).split('/'))

  /** The files under a folder in order of their whole names, as an object store lists them. */
  async function* filesIn(folder: string): AsyncGenerator<string> {
    const entries = (await entriesOf(join(root, folder))).map((entry) =>
      entry.isDirectory() ? { key: `${entry.name}/`, entry } : { key: entry.name, entry },
    )
    for (const { key, entry } of entries.sort((one, other) => (one.key < other.key ? -1 : 1))) {
      if (entry.isDirectory()) yield* filesIn(join(folder, entry.name))
      else if (!entry.name.startsWith('.')) yield folder === '' ? key : `${folder}/${key}`
    }
  }

  return {
    write: (name, content) =>
      reaching(async () => {
        const path = pathOf(name)
        const folder = dirname(path)
        const part = join(folder, `.${randomUUID()}.part`)
        await mkdir(folder, { recursive: true, mode: 0o700 })
        try {
          const bytes = await fill(part, content)
          await rename(part, path)
          await flush(folder)
          return bytes
        } catch (error) {
          await rm(part, { force: true })
          throw error
        }
      }),

    read: (name, from = 0) =>
      reaching(async () => {
        const file = await orAbsent(open(pathOf(name)))
        if ((await file?.stat())?.isFile()) return file?.createReadStream({ start: from, highWaterMark: pieceBytes })
        await file?.close()
        return undefined
      }),

    stat: (name) => reaching(() => statOf(name, pathOf(name))),

    async *list(prefix) {
      // Only the folder that the prefix leads into can hold what starts with it.
      const folder = prefix.includes('/') ? prefix.slice(0, prefix.lastIndexOf('/')) : ''
      if (folder !== '') nameOf(folder)
      try {
        for await (const name of filesIn(folder)) {
          // Between listing and asking, it may have been deleted.
          const file = name.startsWith(prefix) ? await statOf(name, pathOf(name)) : undefined
          if (file) yield file
        }
      } catch (error) {
        throw isOfSystem(error) ? new UnavailableError(`the directory of files ${root}`, { cause: error }) : error
      }
    },

    delete: (name) =>
      reaching(async () => {
        const path = pathOf(name)
        const there = (await statOf(name, path)) !== undefined
        if (there) await rm(path, { force: true })
        return there
      }),

    sweep: (folder) =>
      reaching(async () => {
        const left = (await entriesOf(pathOf(folder), true)).filter(({ name }) => passing.test(name))
        for (const { parentPath, name } of left) await rm(join(parentPath, name), { force: true })
        return left.length
      }),
  }
}

async function fill(path: string, content: Bytes): Promise<number> {
  const file = await open(path, 'wx', 0o600)
  try {
    let bytes = 0
    for await (const piece of content) {
      await writeAll(file, piece)
      bytes += piece.byteLength
    }
    await file.sync()
    return bytes
  } finally {
    await file.close()
  }
}

/** A write may take less than it was given. */
async function writeAll(file: FileHandle, piece: Uint8Array): Promise<void> {
  for (let done = 0; done < piece.byteLength; ) {
    const { bytesWritten } = await file.write(piece, done)
    done += bytesWritten
  }
}

/** A renaming is durable once the folder is. */
async function flush(folder: string): Promise<void> {
  const handle = await open(folder)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function statOf(name: string, path: string): Promise<FileStat | undefined> {
  const found = await orAbsent(stat(path))
  return found?.isFile() ? { name, bytes: found.size, modifiedAt: found.mtime } : undefined
}

const entriesOf = async (path: string, recursive = false): Promise<Dirent[]> =>
  (await orAbsent(readdir(path, { withFileTypes: true, recursive }))) ?? []

async function orAbsent<Found>(asked: Promise<Found>): Promise<Found | undefined> {
  try {
    return await asked
  } catch (error) {
    if (isOfSystem(error) && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return undefined
    throw error
  }
}

const isOfSystem = (error: unknown): error is NodeJS.ErrnoException => error instanceof Error && 'syscall' in error
