// The log of the KurrentDB double, in memory: judged as the server's index writer does, with positions that are not dense.
import { randomUUID } from 'node:crypto'
import { EventEmitter } from 'node:events'
import { indexFrom } from './read-options.ts'

export interface ProposedRecord {
  readonly id: string
  readonly type: string
  readonly isJson: boolean
  readonly data: Uint8Array
  readonly metadata: Uint8Array
}

export interface LogRecord extends ProposedRecord {
  readonly stream: string
  readonly revision: bigint
  readonly position: bigint
  readonly created: Date
}

/** A revision, or one of the protocol's constants. */
export const NO_STREAM = -1n
export const ANY = -2n
export const STREAM_EXISTS = -4n

export interface Group {
  readonly stream: string
  readonly expected: bigint
  readonly records: readonly ProposedRecord[]
}

export interface Written {
  readonly position: bigint
  /** The last revision in each group's stream. */
  readonly revisions: readonly bigint[]
}

export interface Refused {
  readonly stream: string
  readonly expected: bigint
  /** NO_STREAM when there is none. */
  readonly actual: bigint
}

type Verdict = { readonly kind: 'new' | 'wrong' } | { readonly kind: 'known'; readonly last: LogRecord }

export class DoubleLog {
  readonly records: LogRecord[] = []
  readonly streams = new Map<string, LogRecord[]>()
  /** Emits `grown`. */
  readonly changes = new EventEmitter().setMaxListeners(0)
  /** Where the ids were written of what was written since the server's start. */
  #recent = new Map<string, LogRecord>()
  #nextPosition = 0n
  #appends = 0

  constructor() {
    this.#write('$users', [systemRecord('$UserCreated'), systemRecord('$UserCreated')])
    this.#write('$projections-$all', [systemRecord('$ProjectionsInitialized')])
  }

  /** Writes all groups or none. Groups that are all there already are answered as they were the first time. */
  append(groups: readonly Group[]): Written | Refused {
    const verdicts = groups.map((group) => this.#judge(group))
    if (verdicts.every(({ kind }) => kind === 'new')) return this.#writeAll(groups)
    const known = verdicts.flatMap((verdict) => (verdict.kind === 'known' ? [verdict.last] : []))
    if (known.length === groups.length)
      return {
        position: known.at(-1)?.position ?? 0n,
        revisions: known.map(({ revision }) => revision),
      }
    const { stream, expected } = groups[verdicts.findIndex(({ kind }) => kind !== 'new')] as Group
    return { stream, expected, actual: this.#lastRevision(stream) }
  }

  /** Whether a record begins at a position, or the log ends there. */
  isPlace(position: bigint): boolean {
    const at = indexFrom(this.records, position)
    return position === (this.records[at]?.position ?? this.#nextPosition)
  }

  /** What the server does at a restart: only what it finds in its index is still known. */
  forgetRecent(): void {
    this.#recent = new Map()
  }

  /** Where the record after this one begins, or will. */
  endOf({ position, stream, data, metadata }: LogRecord): bigint {
    return position + sizeOf(stream, data, metadata)
  }

  /** An event of the server's own, as there are some at any time. */
  writeSystemEvent(): void {
    this.#write('$stats-double', [systemRecord('$statsCollected')])
    this.changes.emit('grown')
  }

  #judge({ stream, expected, records }: Group): Verdict {
    const last = this.#lastRevision(stream)
    if (expected === STREAM_EXISTS && last < 0n) return { kind: 'wrong' }
    if (expected === ANY || expected === STREAM_EXISTS) return this.#judgeByMemory(stream, records)
    if (expected === last) return { kind: 'new' }
    if (expected > last) return { kind: 'wrong' }
    const there = this.streams.get(stream)?.slice(Number(expected) + 1) ?? []
    const same = records.every(({ id }, i) => there[i]?.id === id)
    const end = there[records.length - 1]
    return same && end ? { kind: 'known', last: end } : { kind: 'wrong' }
  }

  #judgeByMemory(stream: string, records: readonly ProposedRecord[]): Verdict {
    const known = records.map(({ id }) => this.#recent.get(id)).map((record) => record?.stream === stream && record)
    if (!known[0]) return { kind: 'new' }
    const last = known.at(-1)
    return known.every(Boolean) && last ? { kind: 'known', last } : { kind: 'wrong' }
  }

  #writeAll(groups: readonly Group[]): Written {
    const lasts = groups.map(({ stream, records }) => this.#write(stream, records))
    this.#appends += 1
    if (this.#appends % 7 === 0) this.#write('$stats-double', [systemRecord('$statsCollected')])
    this.changes.emit('grown')
    return { position: lasts.at(-1)?.position ?? 0n, revisions: lasts.map(({ revision }) => revision) }
  }

  #write(stream: string, proposed: readonly ProposedRecord[]): LogRecord {
    const created = new Date()
    const own = this.streams.get(stream) ?? []
    this.streams.set(stream, own)
    for (const record of proposed) {
      const written = { ...record, stream, revision: BigInt(own.length), position: this.#nextPosition, created }
      this.#nextPosition = this.endOf(written)
      this.records.push(written)
      own.push(written)
      this.#recent.set(record.id, written)
    }
    return own.at(-1) as LogRecord
  }

  #lastRevision(stream: string): bigint {
    return BigInt((this.streams.get(stream)?.length ?? 0) - 1)
  }
}

/** Positions are places in a file, as the server's are. */
const sizeOf = (stream: string, data: Uint8Array, metadata: Uint8Array): bigint =>
  BigInt(64 + stream.length + data.length + metadata.length)

const systemRecord = (type: string): ProposedRecord => ({
  id: randomUUID(),
  type,
  isJson: true,
  data: Buffer.from('{}'),
  metadata: Buffer.alloc(0),
})
