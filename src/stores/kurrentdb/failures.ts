// What a failed call to KurrentDB means: its client reports failures as classes of its own, as plain gRPC errors, and as Node's.

/**
 * `answer`: the server has decided, and asking again gives the same. `barred`: it does not serve us, for want of a right or of a newer version.
 * `elsewhere`: it refused, because it is not the leader. `unknown`: nobody can say whether it was done: the connection broke, the deadline
 * passed, the server was not ready.
 */
export type Failure = 'answer' | 'barred' | 'elsewhere' | 'unknown'

/** No answer came within the deadline of a call. */
export class DeadlineError extends Error {
  constructor(milliseconds: number) {
    super(`no answer within ${milliseconds} ms`)
    this.name = 'DeadlineError'
  }
}

/** Status codes with which a server answers for good: https://grpc.github.io/grpc/core/md_doc_statuscodes.html */
const FAILED_PRECONDITION = 9
const PERMISSION_DENIED = 7
const UNAUTHENTICATED = 16
const answers = new Set([3, 5, 6, FAILED_PRECONDITION, 11, 12])

const kinds: ReadonlyMap<unknown, Failure> = new Map([
  ['access-denied', 'barred'],
  ['unsupported', 'barred'],
  ['not-leader', 'elsewhere'],
  ['unavailable', 'unknown'],
  ['cancelled', 'unknown'],
  ['deadline-exceeded', 'unknown'],
  ['timeout', 'unknown'],
])

/** What a failed call means. */
export function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return 'answer'
  if (error instanceof DeadlineError) return 'unknown'
  const kind = kinds.get(Reflect.get(error, 'type'))
  if (kind) return kind
  const code: unknown = Reflect.get(error, 'code')
  if (code === PERMISSION_DENIED || code === UNAUTHENTICATED) return 'barred'
  if (code === FAILED_PRECONDITION && isFromFollower(error)) return 'elsewhere'
  if (typeof code === 'number') return answers.has(code) ? 'answer' : 'unknown'
  const isOfSocket = typeof code === 'string' && /^E[A-Z]+$/.test(code)
  const isUnnamed = Reflect.get(error, 'type') === 'unknown' || error.message.startsWith('Failed to discover')
  return isOfSocket || isUnnamed ? 'unknown' : 'answer'
}

/** The client does not know this refusal of the second protocol yet. */
function isFromFollower(error: Error): boolean {
  const raw: unknown = Reflect.get(error, '_raw') ?? error
  const metadata: unknown = typeof raw === 'object' && raw !== null ? Reflect.get(raw, 'metadata') : undefined
  if (typeof metadata !== 'object' || metadata === null) return false
  const get: unknown = Reflect.get(metadata, 'get')
  const details: unknown = typeof get === 'function' ? get.call(metadata, 'grpc-status-details-bin') : undefined
  return Array.isArray(details) && details.some((detail) => String(detail).includes('NotLeaderNodeErrorDetails'))
}
