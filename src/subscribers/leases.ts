// Leases: of all nodes one at a time does a piece of work. Kept by compare-and-set; docs/adr/0008-leases.md says why nobody's clock is believed.
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { KeyValueStore } from '../kernel/key-value.ts'
import { type Stopwatch, systemStopwatch } from './clock.ts'
import type { Log } from './log.ts'

/** What the holder of a lease works with. */
export interface Lease {
  readonly name: string
  /** Fencing token: greater than that of every holder before. What is written under a lease can refuse a smaller one. */
  readonly token: number
  /** Aborts when the lease is lost, before anybody else can hold it, or when the work is asked to end. */
  readonly signal: AbortSignal
  /** Whether nobody else can hold it yet: a process that was suspended finds this false before its signal has had its turn. */
  readonly held: boolean
}

export interface Leases {
  /**
   * Does the work while this node holds the lease, and again whenever it holds it anew after it was lost. Resolves once the work has come to
   * its end by itself, or the signal has aborted and the work under way has ended; the lease is then free for others at once. Work whose
   * `lease.signal` aborts must end. What the work throws is thrown on, unless the lease was lost meanwhile.
   */
  whileHeld(name: string, work: (lease: Lease) => Promise<void>, signal: AbortSignal): Promise<void>
}

export interface LeasesOptions {
  readonly keyValue: KeyValueStore
  readonly log: Log
  readonly stopwatch?: Stopwatch
  readonly random?: () => number
  /** Milliseconds that an entry must have stood still before another node takes over. */
  readonly timeToLive?: number
}

const space = 'lease'
const entryValue = z.object({ holder: z.string().nullable(), token: z.int().positive() })

/** A lease as its holder keeps it. */
interface Holding {
  readonly holder: string
  readonly token: number
  /** Of the entry, which each renewal raises. */
  version: number
  /** When the last renewal that is known to have worked was asked for. */
  renewedAt: number
}

/** Leases for several nodes over one key-value store. */
export function leasesOver({
  keyValue,
  log,
  stopwatch = systemStopwatch,
  random = Math.random,
  timeToLive = 5_000,
}: LeasesOptions): Leases {
  const renewEvery = timeToLive / 4
  const lookEvery = timeToLive / 5
  /** The holder gives up this long after a renewal: its work has the rest of the time to end. */
  const certainFor = timeToLive * 0.8

  /** Looks once whether the lease can be had, and takes it. `standing`: the version seen before, and since when. */
  const look = async (name: string, holder: string, standing: { version: number; since: number }) => {
    const entry = await keyValue.get(space, name)
    const seenAt = stopwatch.elapsed()
    const version = entry?.version ?? 0
    if (version !== standing.version) Object.assign(standing, { version, since: seenAt })
    const held = entry && entryValue.parse(entry.value).holder
    // Its own, when the answer to an earlier attempt was lost.
    const isFree = !held || held === holder || seenAt - standing.since >= timeToLive
    if (!isFree) return undefined
    const token = version + 1
    const renewedAt = stopwatch.elapsed()
    const taken = await keyValue.put(space, name, { holder, token }, { expected: version })
    return taken === undefined ? undefined : { holder, token, version: taken, renewedAt }
  }

  const contend = async (name: string, signal: AbortSignal): Promise<Holding | undefined> => {
    const holder = randomUUID()
    const standing = { version: -1, since: 0 }
    let answered = true
    while (!signal.aborted) {
      try {
        const holding = await look(name, holder, standing)
        if (holding) return holding
        answered = true
      } catch (error) {
        if (answered) log.warn({ err: error, lease: name }, `the lease ${name} cannot be asked for; trying on`)
        answered = false
      }
      await stopwatch.sleep(lookEvery * (0.5 + random() / 2), signal)
    }
    return undefined
  }

  /** Writes the entry anew over the version that is known. False when another has taken it. */
  const write = async (name: string, holding: Holding, holder: string | null): Promise<boolean> => {
    const { token } = holding
    const version = await keyValue.put(space, name, { holder, token }, { expected: holding.version })
    if (version !== undefined) {
      holding.version = version
      return true
    }
    const entry = await keyValue.get(space, name)
    const now = entry && entryValue.parse(entry.value)
    if (now?.holder !== holding.holder || now.token !== token || entry?.version === holding.version) return false
    // An earlier renewal worked although its answer was lost.
    holding.version = entry?.version ?? holding.version
    return write(name, holding, holder)
  }

  /** Renews until the signal aborts; calls `lose` when another has it, or nothing was heard for too long. */
  const keep = async (name: string, holding: Holding, lose: (why: string) => void, ended: AbortSignal) => {
    const renew = async (): Promise<void> => {
      while (!ended.aborted) {
        await stopwatch.sleep(renewEvery, ended)
        if (ended.aborted) return
        const askedAt = stopwatch.elapsed()
        try {
          if (!(await write(name, holding, holding.holder))) return lose('another node has taken it')
          holding.renewedAt = askedAt
        } catch (error) {
          log.warn({ err: error, lease: name }, `the lease ${name} could not be renewed; trying on`)
        }
      }
    }
    const watch = async (): Promise<void> => {
      while (!ended.aborted) {
        const left = holding.renewedAt + certainFor - stopwatch.elapsed()
        if (left <= 0) return lose('it could not be renewed in time')
        await stopwatch.sleep(left, ended)
      }
    }
    await Promise.all([renew(), watch()])
  }

  /** Works under the lease. `done`: the work has ended by itself, or because the signal aborted; `lost`: it is to be contended for again. */
  const hold = async (
    name: string,
    holding: Holding,
    work: (lease: Lease) => Promise<void>,
    signal: AbortSignal,
  ): Promise<'done' | 'lost'> => {
    const lost = new AbortController()
    const ended = new AbortController()
    const over = AbortSignal.any([lost.signal, ended.signal])
    const keeping = keep(
      name,
      holding,
      (why) => {
        log.warn({ lease: name, token: holding.token }, `the lease ${name} is lost: ${why}`)
        lost.abort()
      },
      over,
    )
    const lease: Lease = {
      name,
      token: holding.token,
      signal: AbortSignal.any([signal, lost.signal]),
      get held() {
        return !over.aborted && stopwatch.elapsed() - holding.renewedAt < certainFor
      },
    }
    try {
      // An answer that took too long may have come too late.
      if (!lease.signal.aborted) await work(lease)
    } catch (error) {
      if (!lost.signal.aborted) throw error
      log.warn({ err: error, lease: name }, `work under the lease ${name} ended badly when it was lost`)
    } finally {
      ended.abort()
      await keeping
      // Whoever cannot be told takes over when the entry has stood still.
      if (!lost.signal.aborted) await write(name, holding, null).catch(() => undefined)
    }
    return lost.signal.aborted && !signal.aborted ? 'lost' : 'done'
  }

  return {
    async whileHeld(name, work, signal) {
      for (;;) {
        const holding = await contend(name, signal)
        if (!holding || (await hold(name, holding, work, signal)) === 'done') return
      }
    },
  }
}

/** Leases of a node that has its stores for itself: every one is held at once, for good, and nothing is written. */
export function leasesOfOneNode(): Leases {
  return {
    whileHeld: (name, work, signal) =>
      work({
        name,
        token: 1,
        signal,
        get held() {
          return !signal.aborted
        },
      }),
  }
}
