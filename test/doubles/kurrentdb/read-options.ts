// What a call of Read asks the KurrentDB double for, and how it is answered, as reads and subscriptions have it in common.
import { once } from 'node:events'
import type { ServerWritableStream } from '@grpc/grpc-js'
import type { ReadReq, ReadResp } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js'
import type { LogRecord } from './log.ts'

export type ReadCall = ServerWritableStream<ReadReq, ReadResp>
export type Options = ReadReq.Options

export const idsAsText = (options: Options): boolean => options.getUuidOption()?.hasString() ?? false

export function passing(options: Options): (record: LogRecord) => boolean {
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

/** The index of the first record at or after a position. */
export function indexFrom(records: readonly LogRecord[], position: bigint): number {
  let [low, high] = [0, records.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((records[middle]?.position ?? 0n) < position) low = middle + 1
    else high = middle
  }
  return low
}

/** Writes, and waits while the reader is slower. */
export async function send(call: ReadCall, message: ReadResp): Promise<void> {
  if (call.cancelled || call.write(message)) return
  const over = new AbortController()
  await Promise.race(['drain', 'cancelled'].map((event) => once(call, event, { signal: over.signal })))
  over.abort()
}
