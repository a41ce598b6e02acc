// The Read method of the KurrentDB double: streams and the whole log, both ways, filtered.
import streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js'
import type { LogRecord } from './log.ts'
import { idsAsText, indexFrom, type Options, passing, type ReadCall, send } from './read-options.ts'
import type { Node } from './server.ts'
import { subscribe } from './subscription.ts'
import { denied, eventOf, nameOf, noPlace, notLeaderInHeaders, notReady, streamId } from './wire.ts'

/** Answers a call of Read. */
export function read(call: ReadCall, node: Node): void {
  const options = call.request.getOptions()
  if (!options) return void call.end()
  if (call.metadata.get('requires-leader')[0] === 'true' && node.leader() !== node.port())
    return void call.emit('error', notLeaderInHeaders(node.leader()))
  const place = options.getAll()?.getPosition()?.getCommitPosition()
  if (place !== undefined && !node.log.isPlace(BigInt(place))) return void call.emit('error', noPlace(String(place)))
  if (!options.hasSubscription()) node.reads.begun(call)
  const answer = options.hasSubscription() ? subscribe(call, options, node.log) : list(call, options, node)
  answer.catch((error) => call.emit('error', error))
}

async function list(call: ReadCall, options: Options, node: Node): Promise<void> {
  const fault = node.faults.nextRead()
  if (fault === 'not-ready') throw notReady()
  if (fault === 'denied') throw denied()
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
  const at = place === undefined ? (from?.hasEnd() ? records.length : 0) : indexFrom(records, place)
  if (isBackwards(options)) for (let i = at - 1; i >= 0; i -= 1) yield records[i] as LogRecord
  else for (let i = at; i < records.length; i += 1) yield records[i] as LogRecord
}

const isBackwards = (options: Options): boolean =>
  options.getReadDirection() === streams.ReadReq.Options.ReadDirection.BACKWARDS
