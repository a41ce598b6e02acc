// Commands and appends as monitoring sees them: the same ports, counted and timed, and spans when spans are asked for.
import { attributes, spans } from '../../otel/spans.ts'
import type { CommandHandling } from '../commands/handling.ts'
import { ConflictError } from '../kernel/errors.ts'
import type { EventStore } from '../kernel/event-store.ts'
import type { Tracing } from '../kernel/tracing.ts'
import { type Distribution, openHistogram } from './histogram.ts'
import type { Listening } from './requests.ts'

export interface AppendMeter {
  /** Since the start. */
  readonly appends: number
  readonly events: number
  /** Appends that others had made out of date: decided anew by command handling. */
  readonly conflicts: number
  /** How long they took to be durable, since the last taking. */
  take(): Distribution
  /** The store, whose appends are seen. */
  readonly store: EventStore
}

/** Sees the appends to a store. Reading goes past it. */
export function observeAppends(store: EventStore, tracing: Tracing, listening: Listening): AppendMeter {
  const durations = openHistogram()
  const seen = { appends: 0, events: 0, conflicts: 0 }

  /** The append is asked for in this turn: command handling pipelines its decisions on that. */
  const append: EventStore['append'] = async (writes, metadata, options) => {
    const begun = performance.now()
    try {
      const appended = await store.append(writes, metadata, options)
      seen.appends += 1
      for (const { events } of writes) seen.events += events.length
      return appended
    } catch (error) {
      if (error instanceof ConflictError) seen.conflicts += 1
      throw error
    } finally {
      const milliseconds = performance.now() - begun
      durations.record(milliseconds * 1000)
      listening.timed?.('caminho.append.duration', milliseconds, {})
    }
  }

  /** The events keep the context of the append itself, so that whatever follows from them links to it. */
  const traced: EventStore['append'] = (writes, metadata, options) => {
    const types = [...new Set(writes.flatMap(({ events }) => events.map(({ type }) => type)))]
    const about = { [attributes.eventTypes]: types.join(' ') }
    return tracing.span(
      spans.append,
      { kind: 'producer', parent: metadata.traceparent, attributes: about },
      async (span) => {
        const kept = span.traceparent === undefined ? metadata : { ...metadata, traceparent: span.traceparent }
        const appended = await append(writes, kept, options)
        span.set({ [attributes.position]: String(appended.position) })
        return appended
      },
    )
  }

  return {
    get appends() {
      return seen.appends
    },
    get events() {
      return seen.events
    },
    get conflicts() {
      return seen.conflicts
    },
    take: () => durations.take(),
    store: { ...store, append: tracing.on ? traced : append },
  }
}

/** Command handling whose commands are spans, and within them each run of the rules. */
export function tracedCommands(commands: CommandHandling, tracing: Tracing): CommandHandling {
  if (!tracing.on) return commands
  return {
    ...commands,
    execute: (context, decide) =>
      tracing.span(spans.command, { parent: context.traceparent }, async (span) => {
        const { traceparent } = span
        let runs = 0
        const outcome = await commands.execute({ ...context, ...(traceparent && { traceparent }) }, (unit) => {
          runs += 1
          const run = tracing.begin(spans.decide, { parent: traceparent })
          try {
            return decide(unit)
          } finally {
            run.end()
          }
        })
        span.set({ [attributes.runs]: runs, [attributes.outcome]: outcome.rejected ? outcome.code : 'done' })
        return outcome
      }),
  }
}
