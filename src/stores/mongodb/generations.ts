// Which generations of the read models there are, and which of each name is live: two small collections beside those of the documents.
import type { Db } from 'mongodb'
import { UnavailableError } from '../../kernel/errors.ts'
import { START } from '../../kernel/event-store.ts'
import { type Checkpoint, type Generation, indexedFields } from '../../kernel/read-models.ts'
import { insertUnlessThere, longestAnswer, unlessMissing } from './client.ts'

interface GenerationRecord {
  /** name/number */
  readonly _id: string
  readonly name: string
  readonly number: number
  readonly version: number
  readonly position: bigint
  /** What its documents can be found by. */
  readonly fields: readonly string[]
  readonly search: readonly string[]
  readonly failure: string | null
  /** When it was replaced; its documents are dropped when nobody can be reading them any more. */
  readonly retiredAt: Date | null
}

/** Says which generation answers the queries of a name. Its number only grows. */
interface Alias {
  readonly _id: string
  readonly number: number
}

export interface Generations {
  /** @throws UnavailableError when one is not there (any more). */
  mustBeThere(generations: readonly Generation[]): Promise<void>
  liveNumber(name: string): Promise<number | undefined>
  prepare(generation: Generation): Promise<void>
  /** Makes it live, and retires those before it. */
  activate(generation: Generation): Promise<void>
  fits(generation: Generation): Promise<boolean>
  fail(generation: Generation, failure: string | null): Promise<void>
  /** @throws UnavailableError when a generation is not there (any more). */
  advance(checkpoints: readonly { readonly generation: Generation; readonly position: bigint }[]): Promise<void>
  checkpoints(): Promise<Checkpoint[]>
  /** Drops what was retired long enough ago for every question to it to be answered. */
  sweep(): Promise<void>
}

export const idOf = ({ collection, number }: Generation): string => `${collection.name}/${number}`

/** Where the documents of a generation lie. */
export const documentsOf = (name: string, number: number): string => `documents/${name}/${number}`

const kept = 2 * longestAnswer

/** `now` in milliseconds. */
export function generationsIn(db: Db, now: () => number): Generations {
  const records = db.collection<GenerationRecord>('generations')
  const aliases = db.collection<Alias>('aliases')
  const gone = () => new UnavailableError('a generation of a read model')

  const current = (generations: readonly Generation[]) => ({
    _id: { $in: generations.map(idOf) },
    retiredAt: null,
  })

  const mustBeThere = async (generations: readonly Generation[]): Promise<void> => {
    if (generations.length === 0) return
    const found = await records.countDocuments(current(generations))
    if (found < new Set(generations.map(idOf)).size) throw gone()
  }

  return {
    mustBeThere,

    async liveNumber(name) {
      return (await aliases.findOne({ _id: name }))?.number
    },

    async prepare(generation) {
      const { collection, number } = generation
      const record: GenerationRecord = {
        _id: idOf(generation),
        name: collection.name,
        number,
        version: collection.version,
        position: START,
        fields: indexedFields(collection),
        search: collection.search ?? [],
        failure: null,
        retiredAt: null,
      }
      await insertUnlessThere(records, record)
      await insertUnlessThere(aliases, { _id: collection.name, number })
    },

    async activate(generation) {
      const { collection, number } = generation
      await mustBeThere([generation])
      // Who prepared the first one may have died before there was an alias.
      await insertUnlessThere(aliases, { _id: collection.name, number })
      await aliases.updateOne({ _id: collection.name }, { $max: { number } })
      const earlier = { name: collection.name, number: { $lt: number }, retiredAt: null }
      await records.updateMany(earlier, { $set: { retiredAt: new Date(now()) } })
    },

    async fits({ collection, number }) {
      const record = await records.findOne({ _id: idOf({ collection, number }) })
      if (!record) return true
      const has = (declared: readonly string[], among: readonly string[]) =>
        declared.every((one) => among.includes(one))
      return has(indexedFields(collection), record.fields) && has(collection.search ?? [], record.search)
    },

    async fail(generation, failure) {
      await records.updateOne({ _id: idOf(generation) }, { $set: { failure } })
    },

    async advance(checkpoints) {
      if (checkpoints.length === 0) return
      const updates = checkpoints.map(({ generation, position }) => ({
        updateMany: { filter: { _id: idOf(generation), retiredAt: null }, update: { $max: { position } } },
      }))
      const { matchedCount } = await records.bulkWrite(updates, { ordered: false })
      if (matchedCount < updates.length) throw gone()
    },

    async checkpoints() {
      const [all, live] = await Promise.all([
        records.find({ retiredAt: null }).sort({ name: 1, number: 1 }).toArray(),
        aliases.find().toArray(),
      ])
      const numbers = new Map(live.map(({ _id, number }) => [_id, number]))
      return all.map(
        ({ name, number, version, position, failure }): Checkpoint => ({
          name,
          version,
          generation: number,
          position,
          live: numbers.get(name) === number,
          ...(failure !== null && { failure }),
        }),
      )
    },

    async sweep() {
      const retired = await records.find({ retiredAt: { $lt: new Date(now() - kept) } }).toArray()
      for (const { _id, name, number } of retired) {
        await unlessMissing(db.dropCollection(documentsOf(name, number)), false)
        await records.deleteOne({ _id })
      }
    },
  }
}
