// What other nodes append: heard from the log, so that states kept in memory are as new as the log itself.
import type { CommandHandling } from './commands/handling.ts'
import type { EventStore } from './kernel/event-store.ts'
import { persistently } from './subscribers/backoff.ts'
import { systemClock } from './subscribers/clock.ts'
import type { Log } from './subscribers/log.ts'

interface Hearing {
  readonly store: EventStore
  readonly commands: CommandHandling
  readonly signal: AbortSignal
  readonly log: Log
}

/** Follows the log and lets command handling forget what it shows to be outdated, until the signal aborts. */
export function hearForeignAppends({ store, commands, signal, log }: Hearing): void {
  const hear = async (progress: () => void): Promise<void> => {
    const after = await store.head()
    // What was appended while nobody listened is not told one by one.
    commands.forget()
    for await (const message of store.subscribe({ after, signal })) {
      if (message.kind === 'events') for (const { stream, revision } of message.events) commands.heard(stream, revision)
      progress()
    }
  }
  const retrying = { clock: systemClock, random: Math.random, first: 100, longest: 5_000, signal, log }
  void persistently(hear, { ...retrying, what: 'hearing of what other nodes append' })
}
