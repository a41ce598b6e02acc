// What the process itself is doing: processor, memory, and how long its event loop is kept from turning.
import { availableParallelism } from 'node:os'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { getHeapStatistics } from 'node:v8'

/** Milliseconds between two looks at the event loop. Fewer would cost an idle machine more than they tell. */
const resolution = 20

export interface ProcessMeter {
  /** Share of all processors that this process has used since the last asking, all its threads together. */
  cpu(): number
  memory(): { readonly resident: number; readonly heapUsed: number; readonly heapLimit: number }
  /** Milliseconds that turns of the event loop came late, since the last asking. */
  delay(): { readonly p99: number; readonly most: number }
  close(): void
}

export function meterProcess(): ProcessMeter {
  const loop = monitorEventLoopDelay({ resolution })
  loop.enable()
  let used = process.cpuUsage()
  let at = process.hrtime.bigint()
  /** Its histogram holds the time from look to look, in nanoseconds. */
  const late = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e6 - resolution)

  return {
    cpu() {
      const now = process.hrtime.bigint()
      const spent = process.cpuUsage(used)
      const elapsed = Number(now - at) / 1000
      used = process.cpuUsage()
      at = now
      return elapsed === 0 ? 0 : Math.min(1, (spent.user + spent.system) / elapsed / availableParallelism())
    },
    memory() {
      const { rss, heapUsed } = process.memoryUsage()
      return { resident: rss, heapUsed, heapLimit: getHeapStatistics().heap_size_limit }
    },
    delay() {
      const told = loop.count === 0 ? { p99: 0, most: 0 } : { p99: late(loop.percentile(99)), most: late(loop.max) }
      loop.reset()
      return told
    },
    close: () => loop.disable(),
  }
}
