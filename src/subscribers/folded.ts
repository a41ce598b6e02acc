// How far read models were folded before this process: what they themselves say of it.
import { START } from '../kernel/event-store.ts'
import type { Projection } from '../kernel/projection.ts'
import type { ReadModels } from '../kernel/read-models.ts'

/** Up to where what answers the queries holds all events, for every one of the projections; START where one was never built, or has stopped. */
export async function foldedUpTo(
  models: Pick<ReadModels, 'checkpoints'>,
  projections: readonly Projection[],
): Promise<bigint> {
  const live = new Map(
    (await models.checkpoints()).filter((one) => one.live && one.failure === undefined).map((one) => [one.name, one]),
  )
  const [first = START, ...others] = projections.map(({ name }) => live.get(name)?.position ?? START)
  let least = first
  for (const position of others) if (position < least) least = position
  return least
}
