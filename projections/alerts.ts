// What went wrong in the system itself, and whether it is mended.
import type { DomainEvents, Recorded } from '../src/domain/events.ts'
import { projection } from './projection.ts'

export interface Alert {
  readonly alertId: string
  readonly kind: DomainEvents['AlertRaised']['kind']
  readonly subject: string
  readonly detail: string
  readonly status: 'open' | 'resolved'
  readonly raisedAt: string
  readonly resolvedAt: string | null
}

const key = ({ data }: { readonly data: { readonly alertId: string } }) => data.alertId

/** The same trouble again is the same alert, open once more. */
const raised = ({ data: { at, ...alert } }: Recorded<'AlertRaised'>): Alert => ({
  ...alert,
  status: 'open',
  raisedAt: at,
  resolvedAt: null,
})

export const alerts = projection<Alert>('alerts', {
  version: 1,
  indexes: ['raisedAt', ['status', 'raisedAt'], 'subject'],
  on: {
    AlertRaised: { key, initial: raised, apply: (_, event) => raised(event) },
    AlertResolved: { key, apply: (alert, { data }) => ({ ...alert, status: 'resolved', resolvedAt: data.at }) },
  },
})
