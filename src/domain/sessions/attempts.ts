// Failed attempts to log in: only recorded, one stream an account key. There is nothing to decide.
import type { Decider } from '../../kernel/decider.ts'
import { event } from '../../kernel/event.ts'
import { type LoginEvents, loginEvents } from './events.ts'

export type LoginCommands = { RecordFailure: LoginEvents['LoginFailed'] }

/** The state follows from nothing, so the stream need not be read whole. */
export const loginAttempts: Decider<LoginCommands, LoginEvents, null> = {
  events: loginEvents,
  initial: null,
  fromLastEvent: true,
  decide: { RecordFailure: (_, failure) => [event('LoginFailed', failure)] },
  evolve: {},
}
