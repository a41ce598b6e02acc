// The Read method of the KurrentDB double: streams and the whole log, both ways, filtered, and subscriptions with their checkpoints.
import { once } from 'node:events'
import type { ServerWritableStream } from '@grpc/grpc-js'
import streams, {
  type ReadReq,
  type ReadResp,
} from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js'
import type { LogRecord } from './log.ts'
import type { Node } from './server.ts'
import { eventOf, nameOf, notLeaderInHeaders, notReady, streamId } from './wire.ts'

export type ReadCall = ServerWritableStream<ReadReq, ReadResp>
type Options = ReadReq.Options

/** What the server holds ready for a live subscription; when it is more, the subscription falls behind and catches up anew. */
const roomForLive = 32

/** Answers a call of Read. */
export function read(call: ReadCall, node: Node): void {
  const options = call.request.getOptions()
  if (!options) return void call.end()
  if (call.metadata.get('requires-leader')[0] === 'true' && node.leader() !== node.port())
    return void call.emit('error', notLeaderInHeaders(node.leader()))
  const answer = options.hasSubscription() ? subscribe(call, options, node) : list(call, options, node)
  answer.catch((error) => call.emit('error', error))
}

async function list(call: ReadCall, options: Options, node: Node): Promise<void> {
  const fault = node.faults.nextRead()
  if (fault === 'not-ready') throw notReady()
  const asked = options.getStream()
  const stream = nameOf(asked?.getStreamIdentifier())
  if (asked && !node.log.streams.has(stream)) {
    const missing = new streams.ReadResp.StreamNotFound().setStreamIdentifier(streamId(stream))
    call.write(new streams.ReadResp().setStreamNotFound(missing))
    return void call.end()
  }
  const passes = passing(options)
  let left = BigInt(options.getCount())
  let sent = 0
  for (const record of asked
    ? streamRecords(node.log.streams.get(stream) ?? [], options)
    : logRecords(node.log.records, options)) {
    if (left <= 0n) break
    if (!passes(record)) continue
    left -= 1n
    await send(call, eventOf(record, idsAsText(options)))
    if (call.cancelled) return
    if (fault === 'cut-amid' && ++sent === 3) return node.cut()
  }
  call.end()
}

function* streamRecords(records: readonly LogRecord[], options: Options) {
  const from = options.getStream()
  const backwards = isBackwards(options)
  const end = records.length - 1
  const wanted = from?.hasRevision() ? Number(from.getRevision()) : from?.hasEnd() ? end : 0
  if (backwards) for (let i = Math.min(wanted, end); i >= 0; i -= 1) yield records[i] as LogRecord
  else for (let i = wanted; i <= end; i += 1) yield records[i] as LogRecord
}

/** Forwards includes the record at the position, backwards does not. */
function* logRecords(records: readonly LogRecord[], options: Options) {
  const from = options.getAll()
  const position = from?.getPosition()
  const place = position === undefined ? undefined : BigInt(position.getCommitPosition())
  if (isBackwards(options)) {
    const at = place === undefined ? (from?.hasEnd() ? records.length : 0) : indexFrom(records, place)
    for (let i = at - 1; i >= 0; i -= 1) yield records[i] as LogRecord
  } else {
    const at = place === undefined ? (from?.hasEnd() ? records.length : 0) : indexFrom(records, place)
    for (let i = at; i < records.length; i += 1) yield records[i] as LogRecord
  }
}

async function subscribe(call: ReadCall, options: Options, node: Node): Promise<void> {
  const { records, changes } = node.log
  const passes = passing(options)
  const from = options.getAll()
  const position = from?.getPosition()
  const filter = options.getFilter()
  const interval = filter
    ? filter.getCheckpointintervalmultiplier() * (filter.hasMax() ? filter.getMax() : 32)
    : undefined
  const ended = new AbortController()
  call.on('cancelled', () => ended.abort())

  // A subscription goes on after the record at the position.
  let next = from?.hasEnd() ? records.length : 0
  if (position) next = indexFrom(records, BigInt(position.getCommitPosition()) + 1n)
  await send(
    call,
    new streams.ReadResp().setConfirmation(new streams.ReadResp.SubscriptionConfirmation().setSubscriptionId('1')),
  )
  let live = false
  for (let considered = 0; !call.cancelled; ) {
    if (records.length - next > roomForLive) live = false
    for (; next < records.length && !call.cancelled; next += 1) {
      const record = records[next] as LogRecord
      if (passes(record)) await send(call, eventOf(record, idsAsText(options)))
      considered += 1
      if (interval === undefined || considered < interval) continue
      considered = 0
      await send(call, checkpointAt(record))
    }
    const last = records[next - 1]
    if (!live) {
      live = true
      if (last && interval !== undefined) await send(call, checkpointAt(last))
      await send(call, caughtUpAt(last))
    }
    if (next === records.length) await once(changes, 'grown', { signal: ended.signal }).catch(() => undefined)
  }
}

const isBackwards = (options: Options): boolean =>
  options.getReadDirection() === streams.ReadReq.Options.ReadDirection.BACKWARDS

const idsAsText = (options: Options): boolean => options.getUuidOption()?.hasString() ?? false

/** The index of the first record at or after a position. */
function indexFrom(records: readonly LogRecord[], position: bigint): number {
  let [low, high] = [0, records.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((records[middle]?.position ?? 0n) < position) low = middle + 1
    else high = middle
  }
  return low
}

function passing(options: Options): (record: LogRecord) => boolean {
  const filter = options.getFilter()
  if (!filter) return () => true
  const byType = filter.getEventType()
  const expression = byType ?? filter.getStreamIdentifier()
  const regex = expression?.getRegex() ? new RegExp(expression.getRegex(), 'u') : undefined
  const prefixes = expression?.getPrefixList() ?? []
  return (record) => {
    const text = byType ? record.type : record.stream
    return regex ? regex.test(text) : prefixes.some((prefix) => text.startsWith(prefix))
  }
}

function checkpointAt({ position }: LogRecord): ReadResp {
  const text = String(position)
  return new streams.ReadResp().setCheckpoint(
    new streams.ReadResp.Checkpoint().setCommitPosition(text).setPreparePosition(text),
  )
}

function caughtUpAt(last: LogRecord | undefined): ReadResp {
  const caughtUp = new streams.ReadResp.CaughtUp()
  if (last) {
    const text = String(last.position)
    caughtUp.setPosition(new streams.ReadResp.Position().setCommitPosition(text).setPreparePosition(text))
  }
  return new streams.ReadResp().setCaughtUp(caughtUp)
}

/** Writes, and waits while the reader is slower. */
async function send(call: ReadCall, message: ReadResp): Promise<void> {
  if (call.cancelled || call.write(message)) return
  const over = new AbortController()
  await Promise.race(['drain', 'cancelled'].map((event) => once(call, event, { signal: over.signal })))
  over.abort()
}
