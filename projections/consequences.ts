// What followed from a request after it was answered: the events that other events have caused, by the correlation that they share.
import { catalogues, type DomainEvents } from '../src/domain/events.ts'
import type { RecordedEvent } from '../src/kernel/event.ts'
import type { Handlers } from '../src/kernel/projection.ts'
import { projection } from './projection.ts'

export interface Consequences {
  readonly correlationId: string
  /** Positions, decimal, in order; the first ones only, should they ever be very many. */
  readonly positions: readonly string[]
}

const most = 500

const handler = {
  key: ({ metadata }: RecordedEvent) => (metadata.causationId === undefined ? [] : metadata.correlationId),
  initial: ({ metadata }: RecordedEvent): Consequences => ({ correlationId: metadata.correlationId, positions: [] }),
  apply: (known: Consequences, { position }: RecordedEvent): Consequences =>
    known.positions.length >= most ? known : { ...known, positions: [...known.positions, String(position)] },
}

const onEveryEvent = Object.fromEntries(
  catalogues.flatMap(({ types }) => Object.keys(types).map((type) => [type, handler])),
) as Handlers<Consequences, DomainEvents>

export const consequences = projection<Consequences>('consequences', { version: 1, indexes: [], on: onEveryEvent })
