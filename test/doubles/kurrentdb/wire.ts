// Between the KurrentDB double's records and the messages of the generated protocol, and the errors that the protocol knows.
import { Metadata, type ServiceError, status } from '@grpc/grpc-js'
import shared from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb.js'
import statuses from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/status_pb.js'
import streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js'
import serverErrors from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v2/errors_pb.js'
import streamErrors from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v2/streams/errors_pb.js'
import anys from 'google-protobuf/google/protobuf/any_pb.js'
import type { LogRecord, Refused } from './log.ts'

const { ReadResp } = streams
const ticksInMillisecond = 10_000n

export const streamId = (name: string) => new shared.StreamIdentifier().setStreamName(Buffer.from(name))

export const nameOf = (id: { getStreamName_asU8(): Uint8Array } | undefined): string =>
  Buffer.from(id?.getStreamName_asU8() ?? []).toString()

/** A record as an answer to a read; the client asks for ids as text or as two numbers. */
export function eventOf(record: LogRecord, idsAsText: boolean) {
  const position = String(record.position)
  const recorded = new ReadResp.ReadEvent.RecordedEvent()
    .setId(uuidOf(record.id, idsAsText))
    .setStreamIdentifier(streamId(record.stream))
    .setStreamRevision(String(record.revision))
    .setCommitPosition(position)
    .setPreparePosition(position)
    .setData(record.data)
    .setCustomMetadata(record.metadata)
  recorded
    .getMetadataMap()
    .set('type', record.type)
    .set('created', String(BigInt(record.created.getTime()) * ticksInMillisecond))
    .set('content-type', record.isJson ? 'application/json' : 'application/octet-stream')
  return new ReadResp().setEvent(new ReadResp.ReadEvent().setEvent(recorded).setCommitPosition(position))
}

function uuidOf(id: string, asText: boolean) {
  if (asText) return new shared.UUID().setString(id)
  const bytes = Buffer.from(id.replaceAll('-', ''), 'hex')
  return new shared.UUID().setStructured(
    new shared.UUID.Structured()
      .setMostSignificantBits(String(bytes.readBigInt64BE(0)))
      .setLeastSignificantBits(String(bytes.readBigInt64BE(8))),
  )
}

/** The id in a message, in whichever of the two forms. */
export function idOf(uuid: InstanceType<typeof shared.UUID> | undefined): string {
  const structured = uuid?.getStructured()
  if (!structured) return uuid?.getString() ?? ''
  const bytes = Buffer.alloc(16)
  bytes.writeBigInt64BE(BigInt(structured.getMostSignificantBits()), 0)
  bytes.writeBigInt64BE(BigInt(structured.getLeastSignificantBits()), 8)
  return bytes.toString('hex').replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5')
}

/** An error as grpc-js sends it. `details` is a message of the second protocol and its full name. */
export function failure(code: status, message: string, details?: readonly [Uint8Array, string]): ServiceError {
  const metadata = new Metadata()
  if (details) {
    const any = new anys.Any()
    any.pack(details[0], details[1])
    const rich = new statuses.Status().setMessage(message).setDetails(any)
    // The codes of both are the same numbers.
    rich.setCode(code as number)
    metadata.set('grpc-status-details-bin', Buffer.from(rich.serializeBinary()))
  }
  return Object.assign(new Error(message), { code, details: message, metadata })
}

export function conflict({ stream, expected, actual }: Refused): ServiceError {
  const details = new streamErrors.StreamRevisionConflictErrorDetails()
    .setStream(stream)
    .setExpectedRevision(String(expected))
    .setActualRevision(String(actual))
  return failure(status.FAILED_PRECONDITION, `Append failed due to a revision conflict on stream '${stream}'.`, [
    details.serializeBinary(),
    'kurrentdb.protocol.v2.streams.errors.StreamRevisionConflictErrorDetails',
  ])
}

export function notLeader(port: number): ServiceError {
  const leader = new serverErrors.NotLeaderNodeErrorDetails.NodeInfo().setHost('127.0.0.1').setPort(port)
  const details = new serverErrors.NotLeaderNodeErrorDetails().setCurrentLeader(leader)
  return failure(status.FAILED_PRECONDITION, 'The server is not the leader node and cannot handle the request.', [
    details.serializeBinary(),
    'kurrent.rpc.NotLeaderNodeErrorDetails',
  ])
}

/** The first protocol says the same in headers. */
export function notLeaderInHeaders(port: number): ServiceError {
  const error = failure(status.NOT_FOUND, 'Leader info available')
  error.metadata.set('exception', 'not-leader')
  error.metadata.set('leader-endpoint-host', '127.0.0.1')
  error.metadata.set('leader-endpoint-port', String(port))
  return error
}

/** The log is a file, in which a read begins where a record does: anywhere else, its bytes are no record. */
export const noPlace = (position: string) =>
  failure(status.INVALID_ARGUMENT, `Trying to read from an invalid position: ${position}`)

export const notReady = () => failure(status.UNAVAILABLE, 'Server Is Not Ready')

export function denied(): ServiceError {
  const error = failure(status.PERMISSION_DENIED, 'Access Denied')
  error.metadata.set('exception', 'access-denied')
  return error
}
