// Commands and appends that nobody sees, for the build without telemetry.
import type { CommandHandling } from '../src/commands/handling.ts'
import type { EventStore } from '../src/kernel/event-store.ts'

const nothing = { count: 0, sum: 0, most: 0, buckets: [] }

export const observeAppends = (store: EventStore) => ({
  appends: 0,
  events: 0,
  conflicts: 0,
  take: () => nothing,
  store,
})

export const tracedCommands = (commands: CommandHandling): CommandHandling => commands
