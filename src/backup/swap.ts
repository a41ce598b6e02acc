// The swap: a restored store takes the place of the live one while nobody has either open, in steps that can be begun anew after a crash.
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { groupPaths } from '../embedded-read-models.ts'
import { pathsIn, type Whereabouts } from '../opening.ts'
import { databaseIn } from '../stores/mongodb/address.ts'
import { filesOf } from '../stores/sqlite/file-succession.ts'
import { arrival } from './arrival.ts'

const swap = arrival.extend({
  /** Folders in the data directory. */
  restored: z.string(),
  replaced: z.string(),
  /** The names on servers of what is not in the folders: whoever is started with them takes the rest over. */
  names: z.object({ prefix: z.string(), database: z.string().nullable() }).default({ prefix: '', database: null }),
})
export type Swap = z.infer<typeof swap>

const ordered = 'restore.json'
const done = 'restored.json'

/** What a store consists of, as names in its folder. */
function filesIn(dataDir: string): readonly string[] {
  const { events, readModels, keyValue } = pathsIn(dataDir)
  return [...groupPaths(readModels), keyValue, events, join(dataDir, 'master.key')].map((path) => basename(path))
}
/** A file with those that have succeeded it, and what SQLite keeps beside each after a crash. */
const companionsOf = (path: string) =>
  path.endsWith('.sqlite') ? [path, ...filesOf(path)].flatMap((file) => [`${file}-wal`, `${file}-shm`, file]) : [path]

/** What the stores are called on servers. */
export const namesOf = ({ eventStorePrefix, readModelsUrl }: Whereabouts): Swap['names'] => ({
  prefix: eventStorePrefix,
  database: readModelsUrl ? databaseIn(readModelsUrl) : null,
})

/** Has the store in `restored` take the place of the live one the next time that nobody has it open; an order that was not carried out yet is void. */
export function orderSwap(dataDir: string, order: Swap): void {
  const before = swapOrdered(dataDir)
  writeDurably(dataDir, ordered, order)
  if (before) rmSync(join(dataDir, before.restored), { recursive: true, force: true })
}

/** What is ordered and not yet done. */
export const swapOrdered = (dataDir: string): Swap | undefined => readFrom(dataDir, ordered)

export const isSwapOrdered = (dataDir: string): boolean => existsSync(join(dataDir, ordered))

/** What is ordered for whoever uses these places. */
function swapDue(where: Whereabouts): Swap | undefined {
  const order = swapOrdered(where.dataDir)
  const { prefix, database } = namesOf(where)
  return order?.names.prefix === prefix && order.names.database === database ? order : undefined
}

export const isSwapDue = (where: Whereabouts): boolean => swapDue(where) !== undefined

/** Does what was ordered, if anything was; before any store is opened. */
export function swapAsOrdered(where: Whereabouts): void {
  const { dataDir } = where
  const order = swapDue(where)
  if (!order) return
  const [restored, replaced] = [join(dataDir, order.restored), join(dataDir, order.replaced)]
  mkdirSync(replaced, { recursive: true, mode: 0o700 })
  for (const file of filesIn(dataDir)) replace({ dataDir, restored, replaced }, file)
  for (const folder of [restored, replaced, dataDir]) if (existsSync(folder)) flush(folder)
  renameSync(join(dataDir, ordered), join(dataDir, done))
  flush(dataDir)
  rmSync(restored, { recursive: true, force: true })
}

interface Places {
  readonly dataDir: string
  readonly restored: string
  readonly replaced: string
}

/** While the restored file is still in its own folder, whatever lies in its place is the old one. */
function replace({ dataDir, restored, replaced }: Places, file: string): void {
  if (!existsSync(join(restored, file))) return
  for (const old of companionsOf(join(dataDir, file)))
    if (existsSync(old)) renameSync(old, join(replaced, basename(old)))
  renameSync(join(restored, file), join(dataDir, file))
}

/** The swap that was done and is not yet recorded in the log that it brought. */
export const swapDone = (dataDir: string): Swap | undefined => readFrom(dataDir, done)

/** It is recorded. */
export function forgetSwap(dataDir: string): void {
  rmSync(join(dataDir, done), { force: true })
}

function readFrom(dataDir: string, name: string): Swap | undefined {
  const path = join(dataDir, name)
  return existsSync(path) ? swap.parse(JSON.parse(readFileSync(path, 'utf8'))) : undefined
}

function writeDurably(dataDir: string, name: string, value: Swap): void {
  const path = join(dataDir, name)
  writeFileSync(`${path}.part`, JSON.stringify(value), { mode: 0o600, flush: true })
  renameSync(`${path}.part`, path)
  flush(dataDir)
}

/** A renaming is durable once the folder is. */
function flush(folder: string): void {
  const handle = openSync(folder, 'r')
  fsyncSync(handle)
  closeSync(handle)
}
