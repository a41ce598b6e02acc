// The file-store port: named files that are streamed in and out. test/contract/file-store.ts is its contract.

/** A file as it is listed. */
export interface FileStat {
  readonly name: string
  readonly bytes: number
  readonly modifiedAt: Date
}

/** What a file is made of, a piece at a time. */
export type Bytes = AsyncIterable<Uint8Array> | Iterable<Uint8Array>

/**
 * Names are parts of letters, digits, `.`, `_` and `-`, none beginning with a dot, divided by `/`.
 * Every method throws InvalidNameError for another name, and UnavailableError when the store cannot be reached.
 */
export interface FileStore {
  /**
   * Keeps a file, durably once it resolves, in place of one that had the name. Until then, and for ever when the content or the process breaks
   * off, readers find what was there before. Gives the number of bytes.
   */
  write(name: string, content: Bytes): Promise<number>
  /** The content, from a byte on (default 0); undefined when there is none. What is read is one version of the file, whole or with an error. */
  read(name: string, from?: number): Promise<AsyncIterable<Uint8Array> | undefined>
  stat(name: string): Promise<FileStat | undefined>
  /** The files whose names start with the prefix (any text), in order of name. */
  list(prefix: string): AsyncIterable<FileStat>
  /** Whether there was one. */
  delete(name: string): Promise<boolean>
  /** Removes what writes that broke off have left under a folder's name; how many. Only where nobody is writing there. */
  sweep(folder: string): Promise<number>
}

/** A name that no file can have. */
export class InvalidNameError extends Error {
  readonly code = 'invalid-file-name'
  constructor(name: string) {
    super(
      `“${name}” is no name of a file: letters, digits, ., _ and - in parts divided by /, none beginning with a dot`,
    )
    this.name = 'InvalidNameError'
  }
}

const wellFormed = /^[\w-][\w.-]*(\/[\w-][\w.-]*)*$/
const longest = 500

/** The name itself. @throws InvalidNameError */
export function nameOf(name: string): string {
  if (name.length > longest || !wellFormed.test(name)) throw new InvalidNameError(name)
  return name
}

/** The bytes of a file that is known to be small; undefined when there is none. */
export async function readWhole(store: Pick<FileStore, 'read'>, name: string): Promise<Buffer | undefined> {
  const content = await store.read(name)
  if (!content) return undefined
  const parts: Uint8Array[] = []
  for await (const part of content) parts.push(part)
  return Buffer.concat(parts)
}

/** A folder of a store as a store of its own. */
export function folderOf(store: FileStore, folder: string): FileStore {
  const inside = (name: string) => `${nameOf(folder)}/${name}`
  const outside = (file: FileStat): FileStat => ({ ...file, name: file.name.slice(folder.length + 1) })
  return {
    write: async (name, content) => store.write(inside(nameOf(name)), content),
    read: async (name, from) => store.read(inside(nameOf(name)), from),
    async stat(name) {
      const file = await store.stat(inside(nameOf(name)))
      return file && outside(file)
    },
    async *list(prefix) {
      for await (const file of store.list(inside(prefix))) yield outside(file)
    },
    delete: async (name) => store.delete(inside(nameOf(name))),
    sweep: async (inner) => store.sweep(inside(nameOf(inner))),
  }
}
