// Keeps the read models of the moment that was asked for last, so that the next report of the same moment need not fold the log again.
import type { EventStore } from '../kernel/event-store.ts'
import type { Projection } from '../kernel/projection.ts'
import type { ReadModels } from '../kernel/read-models.ts'
import { type PastReadModels, readModelsAt } from './past.ts'

/** Nobody asks for so long, in milliseconds: they are given up. */
const keptFor = 120_000

export interface RememberedPast {
  /** Uses the read models as they were at a position. */
  at<Result>(store: EventStore, position: bigint, use: (models: ReadModels) => Promise<Result>): Promise<Result>
}

interface Kept {
  readonly store: EventStore
  readonly position: bigint
  readonly models: Promise<PastReadModels>
  users: number
  retired: boolean
  timer: NodeJS.Timeout | undefined
}

/** The past of these projections. One moment is kept; files are removed when nobody uses them any more. */
export function rememberedPast(projections: readonly Projection[]): RememberedPast {
  let kept: Kept | undefined

  const retire = (past: Kept): void => {
    past.retired = true
    clearTimeout(past.timer)
    if (kept === past) kept = undefined
    if (past.users === 0) past.models.then((models) => models.close()).catch(() => undefined)
  }

  const pastAt = (store: EventStore, position: bigint): Kept => {
    if (kept?.store === store && kept.position === position) return kept
    if (kept) retire(kept)
    const models = readModelsAt(store, projections, position)
    kept = { store, position, models, users: 0, retired: false, timer: undefined }
    return kept
  }

  return {
    async at(store, position, use) {
      const past = pastAt(store, position)
      past.users += 1
      clearTimeout(past.timer)
      try {
        return await use(await past.models)
      } catch (error) {
        past.retired = true
        throw error
      } finally {
        past.users -= 1
        if (past.retired) retire(past)
        else past.timer = setTimeout(() => retire(past), keptFor).unref()
      }
    },
  }
}
