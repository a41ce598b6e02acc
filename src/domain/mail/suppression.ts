// The suppression list, one address at a time: an address that does not take mail, or whose owner complained, gets none until it is released.
import { type Decider, nothing } from '../../kernel/decider.ts'
import { event } from '../../kernel/event.ts'
import { type SuppressionEvents, suppressionEvents } from './events.ts'

export type SuppressionCommands = {
  SuppressAddress: SuppressionEvents['AddressSuppressed']
  ReleaseAddress: Omit<SuppressionEvents['AddressReleased'], 'recipientId'>
}

/** Why the address gets no mail, and whose it is; null when it does. */
export type Suppression = Pick<SuppressionEvents['AddressSuppressed'], 'because' | 'recipientId'> | null

/** Nothing is refused. The aggregate's id is the address's key. */
export const suppression: Decider<SuppressionCommands, SuppressionEvents, Suppression> = {
  events: suppressionEvents,
  initial: null,

  decide: {
    SuppressAddress: (suppressed, command) => (suppressed ? nothing : [event('AddressSuppressed', command)]),
    ReleaseAddress: (suppressed, release) =>
      suppressed ? [event('AddressReleased', { ...release, recipientId: suppressed.recipientId })] : nothing,
  },

  evolve: {
    AddressSuppressed: (_, { because, recipientId }) => ({ because, recipientId }),
    AddressReleased: () => null,
  },
}
