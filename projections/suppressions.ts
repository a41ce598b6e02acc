// The addresses that get no mail, by their key; the address itself is the person's, and stays in the log.
import type { DomainEvents } from '../src/domain/events.ts'
import { asItBegan, projection } from './projection.ts'

export interface Suppression {
  readonly recipientKey: string
  readonly recipientId: string
  readonly because: DomainEvents['AddressSuppressed']['because']
  readonly mailId: string | null
  readonly suppressedAt: string
}

const key = ({ data }: { readonly data: { readonly recipientKey: string } }) => data.recipientKey

export const suppressions = projection<Suppression>('suppressions', {
  version: 1,
  indexes: ['suppressedAt', 'recipientId'],
  on: {
    AddressSuppressed: {
      key,
      initial: ({ data: { address: _, at, ...suppressed } }) => ({ ...suppressed, suppressedAt: at }),
      apply: asItBegan,
    },
    AddressReleased: { key, apply: () => null },
  },
})
