// Seals the log every so many events or minutes, on one node at a time.
import { performance } from 'node:perf_hooks'
import type { Clock } from '../subscribers/clock.ts'
import { systemClock } from '../subscribers/clock.ts'
import type { Lease, Leases } from '../subscribers/leases.ts'
import type { Log } from '../subscribers/log.ts'
import type { Audit } from './audit.ts'
import { sealsIn } from './seal-stream.ts'
import { LogChangedError } from './sealing.ts'

export interface SealingSchedule {
  /** A seal is due after so many events. */
  readonly everyEvents: number
  /** A seal is due when something came and the last one is so many minutes old. */
  readonly everyMinutes: number
}

export interface KeepSealingOptions extends SealingSchedule {
  readonly audit: Audit
  readonly leases: Leases
  readonly signal: AbortSignal
  readonly log: Log
  /** The log is not what was sealed. */
  readonly onChanged: (error: LogChangedError) => void
  readonly clock?: Clock
  /** Milliseconds between two looks. */
  readonly lookEvery?: number
}

/** An audit must not slow a till: for each millisecond of its work, so many of rest; more while the thread has much else to do. */
const restPerWork = { calm: 9, busy: 99 }
/** The share of its time beyond which a thread is busy. */
const busyFrom = 0.5

/** How long to rest after work, given how busy this thread has been since the last rest. */
function paceOfThread(): (worked: number) => number {
  let before = performance.eventLoopUtilization()
  return (worked) => {
    const now = performance.eventLoopUtilization()
    const { utilization } = performance.eventLoopUtilization(now, before)
    before = now
    return worked * (utilization > busyFrom ? restPerWork.busy : restPerWork.calm)
  }
}

/** How many events, seals left out, lie beyond the last seal; at most `most` are counted. */
export async function unsealedIn({ rawLog, tree }: Pick<Audit, 'rawLog' | 'tree'>, most: number): Promise<number> {
  const [last] = await sealsIn(rawLog, { limit: 1 })
  const sealed = last && (await tree.eventAt(last.seal.size - 1))
  let count = 0
  for await (const page of rawLog.readAll({ ...(sealed && { after: sealed.position }), pageSize: 128 })) {
    count += page.filter(({ type }) => type !== 'LogSealed').length
    if (count >= most) return most
  }
  return count
}

/** Keeps sealing until the signal aborts; `stopped` resolves when what was under way has ended. */
export function keepSealing({
  audit,
  leases,
  signal,
  log,
  onChanged,
  everyEvents,
  everyMinutes,
  clock = systemClock,
  lookEvery = 5_000,
}: KeepSealingOptions): { readonly stopped: Promise<void> } {
  const { rawLog } = audit

  /** What lies beyond the last seal, and whether that is enough for another. */
  const look = async (): Promise<{ readonly news: number; readonly due: boolean }> => {
    const [last] = await sealsIn(rawLog, { limit: 1 })
    const news = await unsealedIn(audit, everyEvents)
    const age = clock.now() - Date.parse(last?.seal.at ?? '1970-01-01')
    return { news, due: news >= everyEvents || (news > 0 && age >= everyMinutes * 60_000) }
  }

  const work = async (lease: Lease): Promise<void> => {
    /** The end of a log in which nothing waits for a seal. */
    let settled: bigint | undefined
    const restAfter = paceOfThread()
    const pace = async (worked: number): Promise<void> => {
      await clock.sleep(restAfter(worked), lease.signal)
      // What is begun is not sealed to the end of a long log by a process that is to stop.
      lease.signal.throwIfAborted()
    }
    while (!lease.signal.aborted) {
      await clock.sleep(lookEvery, lease.signal)
      if (lease.signal.aborted) return
      try {
        const head = await rawLog.head()
        if (head === settled) continue
        const { news, due } = await look()
        if (due) await audit.sealNow(pace)
        settled = news === 0 ? head : undefined
      } catch (error) {
        if (lease.signal.aborted) return
        if (error instanceof LogChangedError) onChanged(error)
        log.error({ err: error }, 'the log could not be sealed; trying again')
      }
    }
  }

  return { stopped: leases.whileHeld('sealing', work, signal) }
}
