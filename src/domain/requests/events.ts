// The answer to a request that carried an idempotency key, recorded in the same append as what it caused: a repetition finds it.
import { z } from 'zod'
import { type DataOf, events, v1 } from '../../kernel/event.ts'

export const requestEvents = events('request', {
  /** `fingerprint`: hash of what was asked, so that the same key with another request is told apart. */
  RequestAnswered: v1({ fingerprint: z.string(), answer: z.record(z.string(), z.json()) }),
})
export type RequestEvents = DataOf<typeof requestEvents>
