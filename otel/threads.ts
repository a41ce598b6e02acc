// What the thread that exports and the main thread tell each other.
import { z } from 'zod'
import { metricNames } from './metrics.ts'

export const toThread = z.discriminatedUnion('kind', [
  /** JSON of a `Batch`. */
  z.object({ kind: z.literal('batch'), batch: z.string() }),
  z.object({ kind: z.literal('values'), values: z.partialRecord(z.enum(metricNames), z.number()) }),
  /** Export what is left, and end. */
  z.object({ kind: z.literal('stop') }),
])
export type ToThread = z.infer<typeof toThread>

export const fromThread = z.discriminatedUnion('kind', [
  /** The values of the metrics are to be exported. */
  z.object({ kind: z.literal('read') }),
])
export type FromThread = z.infer<typeof fromThread>
