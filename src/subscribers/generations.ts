// Which generations of the projections are under way: kept current, built beside the live ones, or stopped.
import { START } from '../kernel/event-store.ts'
import type { Projection } from '../kernel/projection.ts'
import type { Checkpoint, ReadModels } from '../kernel/read-models.ts'
import { documentMemory } from './document-memory.ts'
import type { Member } from './fold-batch.ts'
import type { Lane } from './lane.ts'
import { turnTaking } from './turn-taking.ts'

/** One generation of one projection on its way along the log. */
export interface Underway extends Member {
  /** Whether it answers the queries; otherwise it is built beside the one that does. */
  live: boolean
  /** Who reads the log for it; undefined when it stopped. */
  lane: Lane<Underway> | undefined
  /** Where it stands while it is in no lane. */
  position: bigint
  /** Why it stopped. */
  failure: string | undefined
  /** Whether it was activated since the start. */
  activated: boolean
}

export interface Generations {
  readonly all: ReadonlySet<Underway>
  /**
   * Forgets the generations that another process has dropped, and gives those that are in the store, or belong there, but are not under way yet.
   * Where a live generation is of another version, its code is gone since the upgrade: it is served as it stands until its successor, which is
   * given here, has caught up.
   */
  missing(): Promise<readonly Underway[]>
  /** A new generation of each of the named projections. */
  next(names: readonly string[]): Promise<readonly Underway[]>
  /** Lets these answer the queries, and forgets their predecessors. */
  activate(members: Iterable<Underway>): Promise<void>
}

/**
 * The generations of these projections. `yielding`: where a newer version than this code's is in place, it is left to the nodes that run it; else
 * this code's own is built in its stead, as after a step back to an earlier release.
 */
export function generationsOf(
  projections: readonly Projection[],
  models: ReadModels,
  { yielding }: { readonly yielding: boolean },
): Generations {
  const all = new Set<Underway>()
  // Between a look at the checkpoints and what follows from it, nobody else may add a generation.
  const inTurn = turnTaking()

  const forget = (underway: Underway): void => {
    underway.lane?.dismiss(underway)
    all.delete(underway)
  }

  const add = (projection: Projection, checkpoint: Omit<Checkpoint, 'name' | 'version'>): Underway => {
    const { generation, live, position } = checkpoint
    const underway: Underway = {
      projection,
      generation: { collection: projection, number: generation },
      memory: documentMemory(position === START),
      live,
      lane: undefined,
      position,
      failure: undefined,
      activated: false,
    }
    all.add(underway)
    return underway
  }

  const begin = async (projection: Projection, checkpoints: readonly Checkpoint[]): Promise<Underway> => {
    const own = checkpoints.filter(({ name }) => name === projection.name)
    const generation = 1 + Math.max(0, ...own.map((checkpoint) => checkpoint.generation))
    await models.prepare({ collection: projection, number: generation })
    return add(projection, { generation, live: own.length === 0, position: START })
  }

  /** Those that this code can go on with: a declaration that was changed without a new version is another version nevertheless. */
  const fitting = async (projection: Projection, checkpoints: readonly Checkpoint[]): Promise<Checkpoint[]> => {
    const own: Checkpoint[] = []
    for (const checkpoint of checkpoints)
      if (checkpoint.name === projection.name && checkpoint.version === projection.version)
        if (await models.fits({ collection: projection, number: checkpoint.generation })) own.push(checkpoint)
    return own
  }

  /** The live generation and the newest, as far as they are of this version and not under way. */
  const takeUp = async (projection: Projection, checkpoints: readonly Checkpoint[]): Promise<Underway[]> => {
    const own = await fitting(projection, checkpoints)
    const isOutdated = checkpoints.some(({ name, version }) => name === projection.name && version > projection.version)
    if (own.length === 0) return yielding && isOutdated ? [] : [await begin(projection, checkpoints)]
    const newest = Math.max(...own.map(({ generation }) => generation))
    const taken: Underway[] = []
    for (const checkpoint of own) {
      if (!checkpoint.live && checkpoint.generation < newest) continue
      if ([...all].some((underway) => isOf(checkpoint, underway))) continue
      const underway = add(projection, checkpoint)
      if (checkpoint.failure !== undefined) await models.fail(underway.generation, null)
      taken.push(underway)
    }
    return taken
  }

  return {
    all,

    missing: () =>
      inTurn(async () => {
        const checkpoints = await models.checkpoints()
        for (const underway of all) if (!checkpoints.some((checkpoint) => isOf(checkpoint, underway))) forget(underway)
        const taken: Underway[] = []
        for (const projection of projections) taken.push(...(await takeUp(projection, checkpoints)))
        return taken
      }),

    next: (names) =>
      inTurn(async () => {
        const checkpoints = await models.checkpoints()
        const named = projections.filter(({ name }) => names.includes(name))
        const begun: Underway[] = []
        for (const projection of named) begun.push(await begin(projection, checkpoints))
        return begun
      }),

    async activate(members) {
      for (const underway of members) {
        if (underway.activated) continue
        await models.activate(underway.generation)
        underway.activated = true
        underway.live = true
        for (const other of all)
          if (other.projection === underway.projection && other.generation.number < underway.generation.number)
            forget(other)
      }
    },
  }
}

const isOf = (checkpoint: Checkpoint, { projection, generation }: Underway): boolean =>
  checkpoint.name === projection.name && checkpoint.generation === generation.number
