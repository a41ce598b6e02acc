// Holds: projections that an administrator has stopped. They are kept beside the log, so that they outlast a restart and are known to every node.
import type { KeyValueStore } from '../kernel/key-value.ts'

const space = 'projection-holds'

/** Why such a projection stands still, in the place of an error. */
export const held = 'held by an administrator'

export interface Holds {
  add(projection: string): Promise<void>
  remove(projection: string): Promise<void>
  /** The names of those that are to stand still. */
  all(): Promise<ReadonlySet<string>>
}

export const holdsIn = (keyValue: KeyValueStore): Holds => ({
  async add(projection) {
    await keyValue.put(space, projection, {})
  },
  async remove(projection) {
    await keyValue.delete(space, projection)
  },
  all: async () => new Set((await keyValue.list(space)).map(({ key }) => key)),
})

/** What a runner can do about holds. */
interface Holdable {
  hold(name: string): Promise<boolean>
  resume(name: string): Promise<boolean>
}

/** Lets a runner hold and resume what it is asked to. Asked again and again, it acts on what has changed since. */
export function obeyHolds(runner: Holdable, holds: Pick<Holds, 'all'>): () => Promise<void> {
  const obeyed = new Set<string>()
  return async () => {
    const asked = await holds.all()
    for (const name of asked) if (!obeyed.has(name) && (await runner.hold(name))) obeyed.add(name)
    for (const name of obeyed)
      if (!asked.has(name)) {
        obeyed.delete(name)
        await runner.resume(name)
      }
  }
}
