// How a file of read models is succeeded: by one beside it with a higher number, which has its last name once it is whole. No name is ever
// used twice, so that whoever still has an older file open does no harm to a newer one.
import { closeSync, fsyncSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

const end = '.sqlite'
const underConstruction = '.building'

interface Member {
  readonly path: string
  /** The file at the path itself is the first. */
  readonly number: number
  readonly whole: boolean
}

/** All files of a path, and those under construction, by their numbers. */
function membersOf(path: string): readonly Member[] {
  const stem = basename(path, end)
  const members: Member[] = []
  for (const name of readdirSync(dirname(path))) {
    const [, own, number = '1', ending] = /^(.+?)(?:\.(\d+))?(\.sqlite|\.building)$/.exec(name) ?? []
    if (own !== stem) continue
    members.push({ path: join(dirname(path), name), number: Number(number), whole: ending === end })
  }
  return members.sort((one, other) => one.number - other.number)
}

/** The newest whole file of a path; the path itself while nothing has succeeded it. */
export const currentFile = (path: string): string => membersOf(path).findLast(({ whole }) => whole)?.path ?? path

/** All files of a path, half-built ones included, as they are called now. */
export const filesOf = (path: string): readonly string[] => membersOf(path).map((member) => member.path)

/** The path at which the next file is to be built. */
export function nextFile(path: string): string {
  const number = Math.max(1, ...membersOf(path).map((member) => member.number)) + 1
  return join(dirname(path), `${basename(path, end)}.${number}${underConstruction}`)
}

/** Gives a file that nobody has open its last name, from which on it is the current one; durably. */
export function publish(built: string): void {
  sync(built)
  renameSync(built, built.replace(new RegExp(`\\${underConstruction}$`), end))
  sync(dirname(built))
}

/** Where nobody has any of them open: gives the current file of a path the name of the first. */
export function takeFirstName(path: string): void {
  const current = currentFile(path)
  if (current === path) return
  for (const { path: other } of membersOf(path)) if (other !== current) removeFile(other)
  renameSync(current, path)
}

/** Removes a file with what SQLite keeps beside it. Whoever has it open keeps what they have (except on Windows, where it is kept for them). */
export function removeFile(path: string): void {
  for (const file of [path, `${path}-wal`, `${path}-shm`])
    try {
      rmSync(file, { force: true })
    } catch {
      // It is removed when the next one is built.
    }
}

/** Whether a file is under construction, or was when whoever built it crashed. */
export const isHalfBuilt = (file: string): boolean => file.endsWith(underConstruction)

function sync(path: string): void {
  const handle = openSync(path, 'r')
  fsyncSync(handle)
  closeSync(handle)
}
