// The key-value store in MongoDB: a document an entry, replaced only at the version that was read, by whoever has claimed the next one.
import { setTimeout as wait } from 'node:timers/promises'
import { UnavailableError } from '../../kernel/errors.ts'
import type { Entry, KeyValueStore } from '../../kernel/key-value.ts'
import { beyond } from '../queries.ts'
import { type Connections, insertUnlessThere } from './client.ts'

interface EntryDocument {
  /** Of the space and the key, so that one range of ids holds a space or a prefix, in order of key. */
  readonly _id: string
  readonly key: string
  readonly version: number
  /** JSON. */
  readonly value: string
}

/**
 * The sole right to bring an entry to a version. A MongoDB would not need it, since there an update at the expected version is one step; other
 * servers of its protocol (FerretDB 1) look and write in two, and of all that they do only the insertion of an id is sure to happen once.
 */
interface Claim {
  /** Of the entry's id and the version. */
  readonly _id: string
  readonly at: Date
}

/** Milliseconds after which the claim of a process that has died counts no longer. */
const claimHolds = 5_000

const part = 'the key-value store'
const separator = '\u0000'
const idOf = (space: string, key: string): string => `${space}${separator}${key}`
const entryOf = ({ key, version, value }: EntryDocument): Entry => ({ key, version, value: JSON.parse(value) })

/** Opens the key-value store; closing it leaves the connections to whoever opened those. `now` in milliseconds. */
export function openMongoKeyValue({ db, ask }: Connections, now: () => number = Date.now): KeyValueStore {
  const entries = db.collection<EntryDocument>('entries')
  const claims = db.collection<Claim>('claims')

  const insert = (space: string, key: string, value: string): Promise<boolean> =>
    insertUnlessThere(entries, { _id: idOf(space, key), key, version: 1, value })

  const claim = async (_id: string): Promise<boolean> => {
    const insertClaim = () => insertUnlessThere(claims, { _id, at: new Date(now()) })
    if (await insertClaim()) return true
    const { deletedCount } = await claims.deleteMany({ at: { $lt: new Date(now() - claimHolds) } })
    return deletedCount > 0 && insertClaim()
  }

  /** The new version, or undefined when the entry is not at that version, or somebody else is replacing it. */
  const replace = async (_id: string, version: number, value: string): Promise<number | undefined> => {
    const next = version + 1
    const claimId = `${_id}${separator}${next}`
    if (!(await claim(claimId))) return undefined
    try {
      const { matchedCount } = await entries.updateMany({ _id, version }, { $set: { version: next, value } })
      return matchedCount > 0 ? next : undefined
    } finally {
      // One that stays does not hold for long.
      await claims.deleteOne({ _id: claimId }).catch(() => undefined)
    }
  }

  /** Whatever its version. */
  const overwrite = async (space: string, key: string, value: string): Promise<number> => {
    const _id = idOf(space, key)
    for (const until = now() + 2 * claimHolds; now() < until; await wait(5)) {
      const found = await entries.findOne({ _id }, { projection: { version: 1 } })
      if (!found && (await insert(space, key, value))) return 1
      const version = found && (await replace(_id, found.version, value))
      if (version) return version
    }
    throw new UnavailableError(part)
  }

  return {
    get: (space, key) =>
      ask(part, async () => {
        const found = await entries.findOne({ _id: idOf(space, key) })
        return found ? entryOf(found) : undefined
      }),

    getMany: (space, keys) =>
      ask(part, async () => {
        if (keys.length === 0) return []
        const found = await entries.find({ _id: { $in: keys.map((key) => idOf(space, key)) } }).toArray()
        return found.map(entryOf)
      }),

    put: (space, key, value, { expected } = {}) =>
      ask(part, async () => {
        const text = JSON.stringify(value)
        if (expected === undefined) return overwrite(space, key, text)
        if (expected > 0) return replace(idOf(space, key), expected, text)
        return (await insert(space, key, text)) ? 1 : undefined
      }),

    delete: (space, key) =>
      ask(part, async () => {
        const { deletedCount } = await entries.deleteOne({ _id: idOf(space, key) })
        return deletedCount > 0
      }),

    list: (space, { prefix = '', after, limit = 1_000 } = {}) =>
      ask(part, async () => {
        const start = idOf(space, prefix)
        const range = { $gte: start, $lt: beyond(start), ...(after !== undefined && { $gt: idOf(space, after) }) }
        const found = await entries.find({ _id: range }).sort({ _id: 1 }).limit(limit).toArray()
        return found.map(entryOf)
      }),

    spaces: () =>
      ask(part, async () => {
        const found: string[] = []
        // One step of the index a space.
        for (let after = ''; ; ) {
          const next = await entries.findOne({ _id: { $gt: after } }, { sort: { _id: 1 }, projection: { _id: 1 } })
          if (!next) return found
          const space = next._id.slice(0, next._id.indexOf(separator))
          found.push(space)
          after = beyond(idOf(space, ''))
        }
      }),

    close: async () => undefined,
  }
}
