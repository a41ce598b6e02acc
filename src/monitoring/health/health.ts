// Health: each part of the system is asked, for a bounded time and not more often than every few seconds.
// The answer follows draft-inadarei-api-health-check-06 ("health+json").

export type Status = 'pass' | 'warn' | 'fail'

/** What a check saw. */
export interface Observation {
  readonly status: Status
  readonly observedValue: number | string
  readonly observedUnit: string
  /** Which of several, such as a projection's name. */
  readonly componentId?: string
  /** Why it does not pass, for an administrator. */
  readonly output?: string
}

export interface Check {
  /** Never changes: monitors and alert rules name it. */
  readonly name: string
  readonly componentType: 'component' | 'datastore' | 'system'
  /** Asks the part. What it throws is a failure, and its message the output. */
  observe(signal: AbortSignal): Promise<readonly Observation[]>
}

export interface CheckResult extends Observation {
  readonly componentType: string
  /** ISO 8601 UTC. */
  readonly time: string
}

export interface HealthReport {
  readonly status: Status
  readonly checks: Readonly<Record<string, readonly CheckResult[]>>
}

export interface Health {
  /** How all parts are, as they were seen at most `fresh` milliseconds ago. */
  report(): Promise<HealthReport>
  /** The same for some of them. */
  of(names: readonly string[]): Promise<HealthReport>
}

export interface HealthOptions {
  readonly checks: readonly Check[]
  readonly now: () => Date
  /** Milliseconds for which what a check saw is told again; default 5,000. */
  readonly fresh?: number
  /** Milliseconds that a part may take to answer; default 2,000. */
  readonly patience?: number
}

const order: readonly Status[] = ['pass', 'warn', 'fail']

/** The worst of them. */
export const worst = (statuses: readonly Status[]): Status =>
  order[Math.max(0, ...statuses.map((status) => order.indexOf(status)))] ?? 'fail'

export function openHealth({ checks, now, fresh = 5_000, patience = 2_000 }: HealthOptions): Health {
  const known = new Map<string, { readonly until: number; readonly seen: Promise<readonly CheckResult[]> }>()

  const observe = async ({ componentType, observe }: Check): Promise<readonly CheckResult[]> => {
    const time = now().toISOString()
    const seen = await inTime(observe, patience).catch((error: unknown) => [
      { status: 'fail', observedValue: 'none', observedUnit: '', output: messageOf(error) } as const,
    ])
    return seen.map((observation) => ({ componentType, ...observation, time }))
  }

  const result = (check: Check): Promise<readonly CheckResult[]> => {
    const last = known.get(check.name)
    const at = now().getTime()
    if (last && at < last.until) return last.seen
    const seen = observe(check)
    known.set(check.name, { until: at + fresh, seen })
    return seen
  }

  const reportOn = async (asked: readonly Check[]): Promise<HealthReport> => {
    const results = await Promise.all(asked.map(async (check) => [check.name, await result(check)] as const))
    const status = worst(results.flatMap(([, seen]) => seen.map((one) => one.status)))
    return { status, checks: Object.fromEntries(results) }
  }

  return {
    report: () => reportOn(checks),
    of: (names) => reportOn(checks.filter(({ name }) => names.includes(name))),
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** What the work gives, unless it takes longer. */
async function inTime<Result>(work: (signal: AbortSignal) => Promise<Result>, milliseconds: number): Promise<Result> {
  const giveUp = new AbortController()
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => {
    giveUp.abort()
    late.reject(new Error(`no answer within ${milliseconds} ms`))
  }, milliseconds)
  try {
    return await Promise.race([work(giveUp.signal), late.promise])
  } finally {
    clearTimeout(timer)
  }
}
