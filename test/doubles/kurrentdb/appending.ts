// The appends of the KurrentDB double: one stream at a time in the first protocol, several at once in the second.
import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises'
import {
  type ServerDuplexStream,
  type ServerReadableStream,
  type ServiceError,
  type sendUnaryData,
  status,
} from '@grpc/grpc-js'
import shared from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb.js'
import statuses from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/status_pb.js'
import streams, {
  type BatchAppendReq,
  type BatchAppendResp,
} from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js'
import sessions, {
  type AppendRequest,
  type AppendSessionResponse,
} from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v2/streams/streams_pb.js'
import anys from 'google-protobuf/google/protobuf/any_pb.js'
import empties from 'google-protobuf/google/protobuf/empty_pb.js'
import { ANY, type Group, NO_STREAM, type ProposedRecord, type Refused, STREAM_EXISTS, type Written } from './log.ts'
import type { Node } from './server.ts'
import { conflict, denied, failure, idOf, nameOf, notLeader, notLeaderInHeaders, notReady } from './wire.ts'

export type Batches = ServerDuplexStream<BatchAppendReq, BatchAppendResp>
export type Session = ServerReadableStream<AppendRequest, AppendSessionResponse>

/** Writes, with the next fault. Undefined: the client is not to hear of it. @throws ServiceError */
async function write(node: Node, groups: readonly Group[], refusal: (leader: number) => ServiceError) {
  const fault = node.faults.nextAppend()
  if (fault === 'not-ready') throw notReady()
  if (fault === 'denied') throw denied()
  if (fault === 'not-leader' || node.leader() !== node.port()) throw refusal(node.leader())
  if (fault === 'cut-before') return node.cut()
  node.faults.beforeAppend()
  const outcome = node.log.append(groups)
  if (fault === 'answer-lost') return node.cut()
  if (fault === 'silent') return undefined
  if (node.faults.delay > 0) await wait(node.faults.delay)
  return outcome
}

/** Many appends on one call, each a few messages with one correlation id. */
export function batchAppend(call: Batches, node: Node): void {
  const begun = new Map<string, { options: BatchAppendReq.Options; records: ProposedRecord[] }>()
  call.on('data', (request: BatchAppendReq) => {
    const correlation = idOf(request.getCorrelationId())
    const options = request.getOptions() ?? begun.get(correlation)?.options
    if (!options) return
    const records = begun.get(correlation)?.records ?? []
    records.push(...request.getProposedMessagesList().map(recordIn))
    begun.set(correlation, { options, records })
    if (!request.getIsFinal()) return
    begun.delete(correlation)
    const group = { stream: nameOf(options.getStreamIdentifier()), expected: expectedIn(options), records }
    write(node, [group], notLeaderInHeaders).then(
      (outcome) => {
        if (!outcome || call.cancelled) return
        const answer = new streams.BatchAppendResp()
          .setCorrelationId(request.getCorrelationId())
          .setStreamIdentifier(options.getStreamIdentifier())
        call.write(
          'position' in outcome ? answer.setSuccess(successOf(outcome)) : answer.setError(wrongVersion(outcome)),
        )
      },
      (error) => call.emit('error', error),
    )
  })
  call.on('end', () => call.end())
}

function recordIn(message: BatchAppendReq.ProposedMessage): ProposedRecord {
  return {
    id: idOf(message.getId()),
    type: message.getMetadataMap().get('type') ?? '',
    isJson: message.getMetadataMap().get('content-type') === 'application/json',
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  }
}

function expectedIn(options: BatchAppendReq.Options): bigint {
  if (options.hasStreamPosition()) return BigInt(options.getStreamPosition())
  if (options.hasNoStream()) return NO_STREAM
  return options.hasStreamExists() ? STREAM_EXISTS : ANY
}

function successOf({ position, revisions }: Written): BatchAppendResp.Success {
  const text = String(position)
  return new streams.BatchAppendResp.Success()
    .setCurrentRevision(String(revisions[0]))
    .setPosition(new shared.AllStreamPosition().setCommitPosition(text).setPreparePosition(text))
}

function wrongVersion({ expected, actual }: Refused) {
  const wrong = new shared.WrongExpectedVersion()
  const nothing = new empties.Empty()
  if (actual < 0n) wrong.setCurrentNoStream(nothing)
  else wrong.setCurrentStreamRevision(String(actual))
  if (expected >= 0n) wrong.setExpectedStreamPosition(String(expected))
  else if (expected === NO_STREAM) wrong.setExpectedNoStream(nothing)
  else if (expected === STREAM_EXISTS) wrong.setExpectedStreamExists(nothing)
  else wrong.setExpectedAny(nothing)
  const details = new anys.Any()
  details.pack(wrong.serializeBinary(), 'event_store.client.WrongExpectedVersion')
  return new statuses.Status().setMessage('WrongExpectedVersion').setDetails(details)
}

/** One append to several streams: a message each, and one answer. */
export function appendSession(call: Session, answer: sendUnaryData<AppendSessionResponse>, node: Node): void {
  const groups: Group[] = []
  let refused: ServiceError | undefined
  call.on('data', (request: AppendRequest) => {
    refused ??= faultOf(request, groups)
    groups.push({
      stream: request.getStream(),
      expected: request.hasExpectedRevision() ? BigInt(request.getExpectedRevision() ?? ANY) : ANY,
      records: request.getRecordsList().map(recordOf),
    })
  })
  call.on('end', async () => {
    // A connection that breaks ends the call too, a turn before it is known to be cancelled.
    await nextTurn()
    if (call.cancelled) return
    if (refused) return answer(refused)
    write(node, groups, notLeader).then(
      (outcome) => {
        if (!outcome) return
        if ('position' in outcome) answer(null, responseOf(groups, outcome))
        else answer(conflict(outcome))
      },
      (error) => answer(error),
    )
  })
}

function faultOf(request: AppendRequest, before: readonly Group[]): ServiceError | undefined {
  const stream = request.getStream()
  if (request.getRecordsList().length === 0)
    return failure(status.INVALID_ARGUMENT, 'Stream append request must contain at least one record')
  if (before.some((group) => group.stream.toUpperCase() === stream.toUpperCase()))
    return failure(
      status.ABORTED,
      `Stream '${stream}' already has a different group of messages in this session. Appending twice to the same stream is not supported.`,
      [new Uint8Array(), 'kurrentdb.protocol.v2.streams.errors.StreamAlreadyInAppendSessionErrorDetails'],
    )
  return undefined
}

/** Metadata becomes JSON, with what the server adds. */
function recordOf(record: ReturnType<AppendRequest['getRecordsList']>[number]): ProposedRecord {
  const schema = record.getSchema()
  const isJson = schema?.getFormat() === sessions.SchemaFormat.SCHEMA_FORMAT_JSON
  const metadata: Record<string, unknown> = {
    '$schema.name': schema?.getName(),
    '$schema.format': isJson ? 'Json' : 'Bytes',
  }
  for (const [key, value] of record.getPropertiesMap().entries()) metadata[key] = value.toJavaScript()
  return {
    id: record.getRecordId() ?? '',
    type: schema?.getName() ?? '',
    isJson,
    data: record.getData_asU8(),
    metadata: Buffer.from(JSON.stringify(metadata)),
  }
}

function responseOf(groups: readonly Group[], { position, revisions }: Written): AppendSessionResponse {
  const outputs = groups.map(({ stream }, i) =>
    new sessions.AppendResponse()
      .setStream(stream)
      .setStreamRevision(String(revisions[i]))
      .setPosition(String(position)),
  )
  return new sessions.AppendSessionResponse().setOutputList(outputs).setPosition(String(position))
}
