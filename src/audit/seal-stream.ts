// Reading the seals and their keys back from the log.
import { type SealEvents, sealEvents } from '../domain/seals/events.ts'
import { seals, sealsId } from '../domain/seals/seals.ts'
import { streamOf } from '../kernel/decider.ts'
import { collect, type EventStore } from '../kernel/event-store.ts'

export type LogSealed = SealEvents['LogSealed']

/** A seal where it stands in the log. */
export interface RecordedSeal {
  readonly seal: LogSealed
  readonly eventId: string
  readonly position: bigint
  readonly revision: bigint
}

/** A sealing key where the log introduces it. */
export interface RecordedKey {
  readonly key: SealEvents['SealingKeyIntroduced']
  readonly position: bigint
}

const stream = streamOf(seals, sealsId)
const { LogSealed: sealType, SealingKeyIntroduced: keyType } = sealEvents.types

/** The seals, the latest first. `before`: the revision of the last of the page before. */
export async function sealsIn(
  rawLog: EventStore,
  { before, limit = 50 }: { readonly before?: bigint; readonly limit?: number } = {},
): Promise<readonly RecordedSeal[]> {
  const found: RecordedSeal[] = []
  for (let after = before; found.length < limit; ) {
    // A seal is long: no more are read than are wanted.
    const options = {
      direction: 'backwards',
      limit: limit - found.length,
      ...(after !== undefined && { after }),
    } as const
    const page = await collect(rawLog.readStream(stream, options))
    for (const { id: eventId, type, data, position, revision } of page)
      if (type === 'LogSealed') found.push({ seal: sealType.schema.parse(data), eventId, position, revision })
    after = page.at(-1)?.revision
    if (after === undefined) break
  }
  return found
}

/** What introduced the sealing keys, in the order of their use, up to a position. */
export async function keysIn(rawLog: EventStore, last?: bigint): Promise<readonly RecordedKey[]> {
  const keys: RecordedKey[] = []
  for await (const page of rawLog.readStream(stream))
    for (const { type, data, position } of page) {
      if (last !== undefined && position > last) return keys
      if (type === 'SealingKeyIntroduced') keys.push({ key: keyType.schema.parse(data), position })
    }
  return keys
}

/** The last seal, if it covers an index: what it covers is proved by it. */
export async function sealOver(
  rawLog: EventStore,
  index: number,
): Promise<{ readonly size: number; readonly at: string } | undefined> {
  const [last] = await sealsIn(rawLog, { limit: 1 })
  return last && last.seal.size > index ? { size: last.seal.size, at: last.seal.at } : undefined
}
