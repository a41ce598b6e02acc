// Alerts about the system itself: raised and resolved as facts.
import { z } from 'zod'
import { type DataOf, events, v1 } from '../../kernel/event.ts'
import { id, instant, note } from '../values.ts'

export const alertEvents = events('alert', {
  /** `subject`: what it is about, such as a projection's or reactor's name; `detail`: the cause, for an administrator. */
  AlertRaised: v1({
    alertId: id,
    kind: z.enum(['projection-stopped', 'reaction-parked']),
    subject: id,
    detail: note,
    at: instant,
  }),
  AlertResolved: v1({ alertId: id, at: instant }),
})
export type AlertEvents = DataOf<typeof alertEvents>
