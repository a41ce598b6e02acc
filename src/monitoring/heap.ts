// The trend of the heap: what is left in it after each thorough collection, and whether that keeps growing, as it does where memory leaks.
import { constants, type PerformanceEntry, PerformanceObserver } from 'node:perf_hooks'
import { getHeapStatistics } from 'node:v8'

/** What the heap held after a collection. */
export interface Left {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly bytes: number
}

export interface Trend {
  /** Bytes an hour; 0 where nothing can be said. */
  readonly perHour: number
  /** How well a straight line describes it, from 0 to 1. */
  readonly certainty: number
  /** Milliseconds that were looked at. */
  readonly over: number
}

const nothingKnown: Trend = { perHour: 0, certainty: 0, over: 0 }

/** Fewer collections say nothing. */
const fewest = 6

/** The straight line of least squares through what was left. */
export function trendOf(left: readonly Left[]): Trend {
  if (left.length < fewest) return nothingKnown
  const meanAt = left.reduce((sum, { at }) => sum + at, 0) / left.length
  const meanBytes = left.reduce((sum, { bytes }) => sum + bytes, 0) / left.length
  let [square, product, total] = [0, 0, 0]
  for (const { at, bytes } of left) {
    square += (at - meanAt) ** 2
    product += (at - meanAt) * (bytes - meanBytes)
    total += (bytes - meanBytes) ** 2
  }
  if (square === 0 || total === 0) return nothingKnown
  const over = (left.at(-1)?.at ?? 0) - (left[0]?.at ?? 0)
  return { perHour: (product / square) * 3_600_000, certainty: product ** 2 / (square * total), over }
}

export interface HeapMeter {
  trend(): Trend
  close(): void
}

/** At most one collection in each of these, in milliseconds, and as many: two hours in constant memory. */
const apart = 30_000
const kept = 240

const isThorough = (entry: PerformanceEntry): boolean => {
  const { detail } = entry as PerformanceEntry & { readonly detail?: { readonly kind?: number } }
  return detail?.kind === constants.NODE_PERFORMANCE_GC_MAJOR
}

/** Looks at the heap after each thorough collection. `every`: milliseconds between two that count. */
export function meterHeap(now: () => number, every = apart): HeapMeter {
  const left: Left[] = []
  const observer = new PerformanceObserver((list) => {
    if (!list.getEntries().some(isThorough)) return
    const at = now()
    const last = left.at(-1)
    if (last && at - last.at < every) return
    left.push({ at, bytes: getHeapStatistics().used_heap_size })
    if (left.length > kept) left.shift()
  })
  observer.observe({ entryTypes: ['gc'] })
  return { trend: () => trendOf(left), close: () => observer.disconnect() }
}
