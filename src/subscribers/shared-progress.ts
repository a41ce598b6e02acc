// Progress among nodes: whoever runs the projections tells how far they have come; the others look, so that reading one's own writes works on any node.
import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { KeyValueStore } from '../kernel/key-value.ts'
import type { Projection } from '../kernel/projection.ts'
import { type Clock, systemClock } from './clock.ts'

const space = 'progress'
const told = z.object({ position: z.string().regex(/^-?\d+$/) })

/** Milliseconds between two looks, or two tellings. */
const pause = 50
/** Milliseconds after which it is told again although nothing has changed: another node may have written over it late. */
const retellAfter = 1_000

/** The same for all nodes that run the same projections: nodes with other versions of them, as during an upgrade, are no measure for these. */
export function nameOf(projections: readonly Projection[]): string {
  const versions = projections.map(({ name, version }) => `${name}@${version}`).sort()
  return `projections-${createHash('sha256').update(versions.join()).digest('hex').slice(0, 16)}`
}

interface SharedProgressOptions {
  readonly keyValue: KeyValueStore
  readonly name: string
  readonly clock?: Clock
}

/** Tells the position whenever it has changed, until the signal aborts. A store that is away hears it later. */
export async function tellProgress(
  position: () => bigint | undefined,
  { keyValue, name, clock = systemClock }: SharedProgressOptions,
  signal: AbortSignal,
): Promise<void> {
  let last: bigint | undefined
  let at = clock.now()
  while (!signal.aborted) {
    const now = position()
    if (now !== undefined && (now !== last || clock.now() - at >= retellAfter)) {
      at = clock.now()
      await keyValue.put(space, name, { position: String(now) }).then(
        () => {
          last = now
        },
        () => undefined,
      )
    }
    await clock.sleep(pause, signal)
  }
}

/** Hears the position that another node tells, until the signal aborts. While `listens` is false nobody is asked. */
export async function hearProgress(
  onProgress: (position: bigint) => void,
  { keyValue, name, clock = systemClock, listens }: SharedProgressOptions & { readonly listens: () => boolean },
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const entry = listens() ? await keyValue.get(space, name).catch(() => undefined) : undefined
    if (entry) onProgress(BigInt(told.parse(entry.value).position))
    await clock.sleep(pause, signal)
  }
}
