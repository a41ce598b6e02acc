// Repeatable requests: the answer to a request is an event in the same append as its effects, so a repetition finds it, after a crash too.
import { createHash } from 'node:crypto'
import { requestEvents } from '../domain/requests/events.ts'
import type { DataOf } from '../kernel/event.ts'
import type { EventStore, StreamWrite } from '../kernel/event-store.ts'
import type { Done, Outcome } from './handling.ts'

export interface RepeatableRequest {
  /** The caller's key, already bound to who the caller is. */
  readonly key: string
  /** What was asked, canonically, so that another request under the same key is told apart. */
  readonly content: string
}

/** The key was used before for something else. */
export class KeyReusedError extends Error {
  readonly code = 'idempotency-key-reused'
  constructor() {
    super('this idempotency key was used for another request; use a new key for each new request')
    this.name = 'KeyReusedError'
  }
}

export interface RequestLog {
  /** The recorded answer. @throws KeyReusedError */
  find<Answer>(request: RepeatableRequest): Promise<Done<Answer> | undefined>
  /** The write that records the answer; it fails when there is one already. */
  write(request: RepeatableRequest, answer: unknown, id: string): StreamWrite
  /** The recorded answer, or else runs `handle`; requests with the same key in this process wait for one another. */
  once<Answer>(request: RepeatableRequest, handle: () => Promise<Outcome<Answer>>): Promise<Outcome<Answer>>
}

const hash = (text: string): string => createHash('sha256').update(text).digest('base64url')
const streamOf = ({ key }: RepeatableRequest): string => `${requestEvents.category}-${hash(key)}`

/** The requests recorded in a store. */
export function requestLog(store: EventStore): RequestLog {
  const underWay = new Map<string, Promise<unknown>>()

  const find = async <Answer>(request: RepeatableRequest): Promise<Done<Answer> | undefined> => {
    for await (const page of store.readStream(streamOf(request), { limit: 1 }))
      for (const { data, position } of page) {
        const recorded = data as DataOf<typeof requestEvents>['RequestAnswered']
        if (recorded.fingerprint !== hash(request.content)) throw new KeyReusedError()
        // The caller of a command knows the shape of its answer; the same code recorded it.
        return { rejected: false, value: recorded.answer as Answer, position }
      }
    return undefined
  }

  return {
    find,
    write: (request, answer, id) => ({
      stream: streamOf(request),
      expected: 'none',
      events: [{ id, type: 'RequestAnswered', schema: 1, data: { fingerprint: hash(request.content), answer } }],
    }),
    async once<Answer>(request: RepeatableRequest, handle: () => Promise<Outcome<Answer>>): Promise<Outcome<Answer>> {
      const stream = streamOf(request)
      while (underWay.has(stream)) await underWay.get(stream)?.catch(() => undefined)
      const handled = find<Answer>(request).then((recorded) => recorded ?? handle())
      underWay.set(stream, handled)
      try {
        return await handled
      } finally {
        underWay.delete(stream)
      }
    },
  }
}
