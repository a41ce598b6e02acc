// Failures counted among several nodes: in the key-value store, so that each node more is not as many attempts more for whoever guesses.
import { createHmac, hkdfSync } from 'node:crypto'
import { z } from 'zod'
import { UnavailableError } from '../kernel/errors.ts'
import type { KeyValueStore } from '../kernel/key-value.ts'
import type { ScheduledJob } from '../schedules.ts'
import type { AttemptLimits, Attempts } from './attempts.ts'

const space = 'attempts'
const counted = z.object({
  count: z.int().nonnegative(),
  /** When they are forgotten, in milliseconds since 1970. */
  until: z.number(),
})
type Counted = z.infer<typeof counted>

/** So many nodes count at once for one caller that this is not reached but by a store that does not keep its word. */
const mostTries = 50

export interface ForgettingAttemptsOptions {
  readonly keyValue: KeyValueStore
  readonly now: () => Date
}

export interface SharedAttemptsOptions extends ForgettingAttemptsOptions {
  readonly masterKey: Buffer
}

/** Attempts as `countAttempts` counts them, `name` of them together on all nodes. */
export function sharedAttempts(
  { keyValue, now, masterKey }: SharedAttemptsOptions,
  { name, failures, seconds }: AttemptLimits,
): Attempts {
  // Where attempts come from may be an address of a person, which can be guessed: only who has the key can tell whether it is this one.
  const secret = Buffer.from(hkdfSync('sha256', masterKey, '', 'attempts', 32))
  const keyOf = (from: string | null) =>
    `${name}/${createHmac('sha256', secret).update(String(from)).digest('base64url')}`
  const known = (value: unknown): Counted | undefined => {
    const seen = value === undefined ? undefined : counted.parse(value)
    return seen && seen.until > now().getTime() ? seen : undefined
  }
  const secondsUntil = ({ until }: Counted) => Math.ceil((until - now().getTime()) / 1000)

  const add = async (from: string | null, points: number): Promise<Counted> => {
    const key = keyOf(from)
    for (let tries = 1; tries <= mostTries; tries += 1) {
      const entry = await keyValue.get(space, key)
      const before = known(entry?.value) ?? { count: 0, until: now().getTime() + seconds * 1000 }
      const after = { ...before, count: Math.max(0, before.count + points) }
      if (await keyValue.put(space, key, after, { expected: entry?.version ?? 0 })) return after
    }
    throw new UnavailableError('the count of attempts')
  }

  return {
    async waitFor(from) {
      const seen = known((await keyValue.get(space, keyOf(from)))?.value)
      return seen && seen.count >= failures ? secondsUntil(seen) : 0
    },
    failed: async (from) => void (await add(from, 1)),
    async begin(from) {
      const seen = await add(from, 1)
      return seen.count > failures ? secondsUntil(seen) : 0
    },
    takeBack: async (from) => void (await add(from, -1)),
    forget: async (from) => void (await keyValue.delete(space, keyOf(from))),
  }
}

/** Removes what is no longer counted, every hour. */
export const forgettingAttempts = ({ keyValue, now }: ForgettingAttemptsOptions): ScheduledJob => ({
  name: 'forget-attempts',
  cron: '17 * * * *',
  zone: 'UTC',
  async run(_, signal) {
    let after = ''
    for (;;) {
      const page = await keyValue.list(space, { after, limit: 500 })
      for (const { key, value } of page) {
        signal.throwIfAborted()
        if (counted.parse(value).until <= now().getTime()) await keyValue.delete(space, key)
      }
      const last = page.at(-1)
      if (!last) return
      after = last.key
    }
  },
})
