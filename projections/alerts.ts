// What went wrong in the system itself, who sees to it, and whether it is mended.
import type { DomainEvents, Recorded } from '../src/domain/events.ts'
import { projection } from './projection.ts'

export interface Alert {
  readonly alertId: string
  readonly kind: DomainEvents['AlertRaised']['kind']
  readonly subject: string
  readonly severity: DomainEvents['AlertRaised']['severity']
  readonly detail: string
  readonly status: 'open' | 'resolved'
  /** Whether people were told. */
  readonly announced: boolean
  readonly raisedAt: string
  readonly resolvedAt: string | null
  /** By whom somebody sees to it, since when, and what they say; null while nobody does. */
  readonly acknowledgement: { readonly by: string; readonly at: string; readonly note: string } | null
  /** How often it was raised. */
  readonly times: number
}

const key = ({ data }: { readonly data: { readonly alertId: string } }) => data.alertId

/** The same trouble again is the same alert, open once more. */
const raised = ({ data: { at, ...alert } }: Recorded<'AlertRaised'>, times: number): Alert => ({
  ...alert,
  status: 'open',
  raisedAt: at,
  resolvedAt: null,
  acknowledgement: null,
  times,
})

export const alerts = projection<Alert>('alerts', {
  version: 2,
  indexes: ['raisedAt', ['status', 'raisedAt'], 'subject'],
  on: {
    AlertRaised: { key, initial: (event) => raised(event, 0), apply: ({ times }, event) => raised(event, times + 1) },
    AlertAcknowledged: {
      key,
      apply: (alert, { data: { by, at, note } }) => ({ ...alert, acknowledgement: { by, at, note } }),
    },
    AlertResolved: { key, apply: (alert, { data }) => ({ ...alert, status: 'resolved', resolvedAt: data.at }) },
  },
})
