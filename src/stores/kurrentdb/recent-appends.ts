// The appends that this process made lately, by the id of their first event: a repetition gets the same answer, whatever it repeats.
import { hash } from 'node:crypto'
import { DuplicateEventError } from '../../kernel/errors.ts'
import type { Appended, StreamWrite } from '../../kernel/event-store.ts'

/** Kept at the most; far more than a process has under way. */
const most = 4_096

interface Known {
  readonly content: string
  readonly appended: Promise<Appended>
}

export class RecentAppends {
  readonly #known = new Map<string, Known>()

  /**
   * Appends once: while it is under way and for long after, the same append gets the same answer. One that fails is forgotten.
   * @throws DuplicateEventError when the first event's id is known with another append
   */
  once(writes: readonly StreamWrite[], append: () => Promise<Appended>): Promise<Appended> {
    const id = writes[0]?.events[0]?.id ?? ''
    const content = contentOf(writes)
    const known = this.#known.get(id)
    if (known) return known.content === content ? known.appended : Promise.reject(new DuplicateEventError(id))
    const appended = append()
    this.#known.set(id, { content, appended })
    this.#makeRoom()
    appended.catch(() => this.#known.delete(id))
    return appended
  }

  #makeRoom(): void {
    const [oldest] = this.#known.keys()
    if (this.#known.size > most && oldest !== undefined) this.#known.delete(oldest)
  }
}

const contentOf = (writes: readonly StreamWrite[]): string =>
  hash('sha1', JSON.stringify(writes.map(({ stream, events }) => [stream, ...events.map(({ id }) => id)])), 'base64')
