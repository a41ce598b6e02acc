// Who is there: each process notes the people who are connected to it, for a while at a time, so that any of them can tell of all.
import { z } from 'zod'
import { may } from '../auth/permissions.ts'
import type { KeyValueStore } from '../kernel/key-value.ts'
import type { Presence } from './conversation.ts'

const space = 'presence'
/** Milliseconds in which comings and goings are gathered. */
const gather = 500
const noted = z.object({ until: z.number(), people: z.array(z.string()) })

export interface PresenceOptions {
  readonly keyValue: KeyValueStore
  /** The name of this process among the nodes. */
  readonly node: string
  readonly now: () => number
  /** Ids of the people who are connected here; a person may be so more than once. */
  readonly here: () => Iterable<string>
  /** Milliseconds between two notes. */
  readonly every?: number
  readonly onFailure: (error: unknown) => void
}

export interface PresenceNotes {
  /** The people who are connected anywhere. */
  people(): Promise<readonly string[]>
  /** The same, as a listener may know it: who they are is for those who may see people. */
  readonly tell: Presence
  /** Notes who is here now; called when somebody comes or goes. */
  changed(): void
  close(): Promise<void>
}

/** The notes of a process. Nothing is written while nobody is connected. */
export function notePresence({ keyValue, node, now, here, every = 10_000, onFailure }: PresenceOptions): PresenceNotes {
  let timer: NodeJS.Timeout | undefined
  let dueAt = 0
  let isNoted = false

  const present = (): string[] => [...new Set(here())]

  const note = async (): Promise<void> => {
    const people = present()
    if (people.length === 0 && !isNoted) return
    isNoted = people.length > 0
    if (isNoted) await keyValue.put(space, node, { until: now() + every * 3, people })
    else await keyValue.delete(space, node)
  }

  /** A note after a moment, since people come and go by the dozen; and then again and again while somebody is here. */
  const plan = (delay: number): void => {
    const due = performance.now() + delay
    if (timer !== undefined && dueAt <= due) return
    clearTimeout(timer)
    dueAt = due
    timer = setTimeout(() => {
      timer = undefined
      note()
        .catch(onFailure)
        .finally(() => {
          if (isNoted) plan(every)
        })
    }, delay).unref()
  }

  const people = async (): Promise<readonly string[]> => {
    const entries = await keyValue.list(space)
    const elsewhere = entries
      .filter(({ key }) => key !== node)
      .map(({ value }) => noted.parse(value))
      .filter(({ until }) => until > now())
    return [...new Set([...elsewhere.flatMap((each) => each.people), ...present()])].sort()
  }

  return {
    people,
    async tell(asked) {
      const all = await people()
      return { count: all.length, people: may(asked.role, 'people.read') ? all : null }
    },
    changed: () => plan(gather),
    async close() {
      clearTimeout(timer)
      timer = undefined
      if (isNoted) await keyValue.delete(space, node).catch(onFailure)
    },
  }
}
