// Where a reactor stands in the log, kept between its starts: whoever takes it over under a newer lease fences off whoever had it before.
import { z } from 'zod'
import type { KeyValueStore } from '../kernel/key-value.ts'
import type { Lease } from './leases.ts'

const space = 'reactor'
/** `token`: of the lease under which it was written. */
const kept = z.object({ position: z.string().regex(/^-?\d+$/), token: z.int().default(0) })

export interface Checkpoint {
  /** All events up to here are over with. */
  position: bigint
  /** Writes the position down, if it has changed. @throws OvertakenError, UnavailableError */
  keep(): Promise<void>
}

/** Another node has gone on from the same checkpoint, under a newer lease: this one has nothing more to write there. */
export class OvertakenError extends Error {
  readonly code = 'overtaken'
  constructor(name: string) {
    super(`another node has taken over the reactor ${name}`)
    this.name = 'OvertakenError'
  }
}

/** Takes over a reactor's checkpoint. `start`: where it begins when it has none. @throws OvertakenError, UnavailableError */
export async function takeCheckpoint(
  keyValue: KeyValueStore,
  name: string,
  { token }: Pick<Lease, 'token'>,
  start: () => Promise<bigint>,
): Promise<Checkpoint> {
  const entry = await keyValue.get(space, name)
  const before = entry && kept.parse(entry.value)
  if (before && before.token > token) throw new OvertakenError(name)
  let version = entry?.version ?? 0
  let written: bigint | undefined

  const checkpoint: Checkpoint = {
    position: before ? BigInt(before.position) : await start(),
    async keep() {
      const { position } = checkpoint
      if (position === written) return
      const put = await keyValue.put(space, name, { position: String(position), token }, { expected: version })
      if (put === undefined) throw new OvertakenError(name)
      version = put
      written = position
    },
  }
  // At once: it fences off the holder before, and a crash before the first event would else skip that one where it starts at the head.
  await checkpoint.keep()
  return checkpoint
}

/** Whether reactors have ever run on a store. */
export const hasReactors = async (keyValue: KeyValueStore): Promise<boolean> =>
  (await keyValue.list(space, { limit: 1 })).length > 0

/** Writes the checkpoints of one store into another, for the same log with other positions; how many they are. No lease has been held there yet. */
export async function moveCheckpoints(
  from: KeyValueStore,
  to: KeyValueStore,
  positionThere: (position: bigint) => Promise<bigint>,
): Promise<number> {
  const all = await from.list(space)
  for (const { key, value } of all) {
    const position = await positionThere(BigInt(kept.parse(value).position))
    await to.put(space, key, { position: String(position), token: 0 })
  }
  return all.length
}
