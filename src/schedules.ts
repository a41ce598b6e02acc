// Schedules: jobs at the times of a cron expression, each time once in a cluster, however many nodes there are.
import { Cron } from 'croner'
import { z } from 'zod'
import { delayAfter } from './kernel/backoff.ts'
import type { KeyValueStore } from './kernel/key-value.ts'
import { persistently } from './subscribers/backoff.ts'
import { type Clock, systemClock } from './subscribers/clock.ts'
import type { Lease, Leases } from './subscribers/leases.ts'
import type { Log } from './subscribers/log.ts'

export interface ScheduledJob {
  /** Never changes: what was done is kept under it. */
  readonly name: string
  /** Five or six fields, as croner reads them. */
  readonly cron: string
  /** IANA, such as `Africa/Maputo`. One that may change is asked for at each look. */
  readonly zone: string | (() => Promise<string>)
  /**
   * Does what is to be done at `slot`. It runs again, perhaps on another node, when it throws, when its node dies under it, or when the store is
   * away as it ends: ids that it makes should come from the slot. When the signal aborts it must end, by throwing if it is not done.
   */
  run(slot: Date, signal: AbortSignal): Promise<void>
}

/** An attempt that failed; it is tried again until the next slot is due. */
export interface JobFailure {
  readonly job: string
  readonly slot: Date
  /** From 1. */
  readonly attempt: number
  readonly error: unknown
}

export interface SchedulesOptions {
  readonly leases: Leases
  readonly keyValue: KeyValueStore
  readonly jobs: readonly ScheduledJob[]
  readonly signal: AbortSignal
  readonly log: Log
  readonly now: () => Date
  readonly onFailure?: (failure: JobFailure) => void
  readonly sleep?: Clock['sleep']
  readonly random?: () => number
}

export interface Schedules {
  /** Resolves once the signal has aborted and the jobs under way have ended. */
  readonly stopped: Promise<void>
}

const space = 'schedule'
const settled = z.object({
  /** The last slot that is over with (done, or overtaken by the next), or when the job was first seen. ISO 8601 UTC. */
  until: z.iso.datetime(),
})

/** A slot that nobody saw to is still done when a node is there again within this time, in milliseconds. */
const caughtUpWithin = 24 * 3600 * 1000
/** The time of day may be set anew while one sleeps, so nobody sleeps longer, in milliseconds. */
const longestSleep = 30_000
const pace = { first: 1_000, longest: 300_000 }

/** Runs the jobs at their times, until the signal aborts. Of several slots that were missed, only the latest is caught up. @throws for a cron expression or zone that is none */
export function startSchedules({
  leases,
  keyValue,
  jobs,
  signal,
  log,
  now,
  onFailure = () => undefined,
  sleep = systemClock.sleep,
  random = Math.random,
}: SchedulesOptions): Schedules {
  /** Attempts at one slot, until it works, the next is due, or the lease ends. True when the slot is over with. */
  const see = async (job: ScheduledJob, cron: Cron, slot: Date, lease: Lease): Promise<boolean> => {
    for (let attempt = 1; lease.held; attempt += 1)
      try {
        await job.run(slot, lease.signal)
        return true
      } catch (error) {
        if (lease.signal.aborted) return false
        log.error({ err: error, job: job.name, slot, attempt }, `the job ${job.name} failed and will be tried again`)
        onFailure({ job: job.name, slot, attempt, error })
        await sleep(delayAfter(attempt, { ...pace, random }), lease.signal)
        if (latestSlot(cron, now()) > slot) return true
      }
    return false
  }

  const workThrough = async (job: ScheduledJob, lease: Lease, progress: () => void): Promise<void> => {
    while (!lease.signal.aborted) {
      const entry = await keyValue.get(space, job.name)
      const cron = cronOf(job, typeof job.zone === 'string' ? job.zone : await job.zone())
      progress()
      const at = now()
      const slot = latestSlot(cron, at)
      // Where another node has kept something meanwhile, that counts: the next round reads it.
      const settle = (until: Date) =>
        keyValue.put(space, job.name, { until: until.toISOString() }, { expected: entry?.version ?? 0 })
      if (!entry) await settle(at)
      else if (!isDue(slot, at, entry.value)) await sleep(millisecondsUntilNext(cron, at), lease.signal)
      else if (await see(job, cron, slot, lease)) await settle(slot)
    }
  }

  const clock: Clock = { now: () => now().getTime(), sleep }
  const retrying = { clock, random, first: 500, longest: 15_000, signal, log }
  const follow = (job: ScheduledJob): Promise<void> =>
    persistently(
      (progress) => leases.whileHeld(`schedule/${job.name}`, (lease) => workThrough(job, lease, progress), signal),
      { ...retrying, what: `the schedule of ${job.name}` },
    )

  for (const job of jobs) cronOf(job, typeof job.zone === 'string' ? job.zone : 'UTC')
  return { stopped: Promise.all(jobs.map(follow)).then(() => undefined) }
}

function cronOf({ cron: pattern }: ScheduledJob, timezone: string): Cron {
  const cron = new Cron(pattern, { timezone })
  // An unknown zone shows only now.
  cron.nextRun()
  return cron
}

const isDue = (slot: Date, at: Date, kept: unknown): boolean =>
  slot.getTime() > Date.parse(settled.parse(kept).until) && at.getTime() - slot.getTime() <= caughtUpWithin

/** The last slot that has come; the beginning of time when none has. */
function latestSlot(cron: Cron, at: Date): Date {
  // Exclusive of the reference itself.
  const [slot] = cron.previousRuns(1, new Date(at.getTime() + 1_000 - at.getMilliseconds()))
  return slot ?? new Date(0)
}

function millisecondsUntilNext(cron: Cron, at: Date): number {
  const next = cron.nextRun(at)
  return Math.min(longestSleep, next ? next.getTime() - at.getTime() : longestSleep)
}
