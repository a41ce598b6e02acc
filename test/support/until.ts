// Waits for a condition, and fails when it does not come true in time.
import { setTimeout as wait } from 'node:timers/promises'

/** Asks again and again, a little apart, until the condition holds. @throws when it does not within the time */
export async function until(
  condition: () => boolean | Promise<boolean>,
  { within = 15_000, what = 'the condition' }: { readonly within?: number; readonly what?: string } = {},
): Promise<void> {
  const end = performance.now() + within
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`${what} did not hold within ${within} ms`)
    await wait(50)
  }
}
