// Durations in constant memory: buckets of an eighth of a power of two, so that what slots, nodes and days saw can be added up.
// After the log-linear buckets of HdrHistogram (Gil Tene); a quantile is off by a sixteenth at the most.

/** How many durations of what length: plain numbers, which add up. Microseconds. */
export interface Distribution {
  readonly count: number
  readonly sum: number
  readonly most: number
  /** Only those that hold something, in order: bucket and count. */
  readonly buckets: readonly (readonly [bucket: number, count: number])[]
}

export interface Histogram {
  record(microseconds: number): void
  /** What was recorded since the last taking. */
  take(): Distribution
}

const perOctave = 8
const longest = 2 ** 31 - 1
/** Those of `longest`, and all before. */
const buckets = 232

/** The bucket of a duration: exact below eight, then eight for each doubling. */
function bucketOf(microseconds: number): number {
  const whole = Math.min(longest, Math.max(0, Math.round(microseconds)))
  if (whole < perOctave) return whole
  const octave = 31 - Math.clz32(whole)
  return (octave - 2) * perOctave + ((whole >> (octave - 3)) & (perOctave - 1))
}

/** The shortest duration of a bucket. */
export const lowerEnd = (bucket: number): number =>
  bucket < perOctave ? bucket : (perOctave + (bucket % perOctave)) * 2 ** (Math.floor(bucket / perOctave) - 1)

const middleOf = (bucket: number): number =>
  bucket < perOctave ? bucket : (lowerEnd(bucket) + lowerEnd(bucket + 1)) / 2

export const nothingTimed: Distribution = { count: 0, sum: 0, most: 0, buckets: [] }

/** A histogram of two kilobytes, however much it records. */
export function openHistogram(): Histogram {
  const counts = new Uint32Array(buckets)
  let count = 0
  let sum = 0
  let most = 0
  return {
    record(microseconds) {
      const bucket = bucketOf(microseconds)
      counts[bucket] = (counts[bucket] ?? 0) + 1
      count += 1
      sum += microseconds
      if (microseconds > most) most = microseconds
    },
    take() {
      if (count === 0) return nothingTimed
      const held: [number, number][] = []
      for (const [bucket, inIt] of counts.entries()) if (inIt > 0) held.push([bucket, inIt])
      const taken = { count, sum: Math.round(sum), most: Math.round(most), buckets: held }
      counts.fill(0)
      count = sum = most = 0
      return taken
    },
  }
}

/** All of them together. */
export function addUp(all: readonly Distribution[]): Distribution {
  const full = all.filter(({ count }) => count > 0)
  const [only] = full
  if (!only) return nothingTimed
  if (full.length === 1) return only
  const counts = new Map<number, number>()
  for (const one of full)
    for (const [bucket, count] of one.buckets) counts.set(bucket, (counts.get(bucket) ?? 0) + count)
  return {
    count: full.reduce((sum, one) => sum + one.count, 0),
    sum: full.reduce((sum, one) => sum + one.sum, 0),
    most: Math.max(...full.map((one) => one.most)),
    buckets: [...counts].sort(([a], [b]) => a - b),
  }
}

/** Microseconds within which the share `q` (0 to 1) of all durations lies; 0 when there are none. */
export function quantile({ count, most, buckets }: Distribution, q: number): number {
  let left = Math.max(1, Math.ceil(count * q))
  for (const [bucket, inIt] of buckets) {
    left -= inIt
    if (left <= 0) return Math.min(most, middleOf(bucket))
  }
  return most
}

/** Microseconds; 0 when there are none. */
export const meanOf = ({ count, sum }: Distribution): number => (count === 0 ? 0 : sum / count)
