// Who looked at whose personal data. One fact for each person who looks, what they look at, and hour: enough to answer for, little to keep.
import { z } from 'zod'
import { type DataOf, events, v1 } from '../../kernel/event.ts'
import { id, instant } from '../values.ts'

export const viewedKinds = ['person', 'people', 'customer', 'customers'] as const

export const accessEvents = events('access', {
  /** `kind`: one person or customer, by `subjectId`, or a list of them, whose `subjectId` is null. `hour`: YYYY-MM-DDTHH, UTC. */
  PersonalDataViewed: v1({
    viewerId: id,
    kind: z.enum(viewedKinds),
    subjectId: id.nullable(),
    hour: z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}$/),
    at: instant,
  }),
})
export type AccessEvents = DataOf<typeof accessEvents>
