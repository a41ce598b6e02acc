// The kernel's exceptions: what a caller cannot choose to ignore. Each has a code that never changes.

/** A stream was not at the revision that the writer expected; nothing of the append was written. */
export class ConflictError extends Error {
  readonly code = 'conflict'
  readonly stream: string
  readonly expected: string
  readonly actual: bigint | undefined
  constructor(stream: string, expected: string, actual: bigint | undefined) {
    super(`stream ${stream} is at ${actual ?? 'no revision'}, not ${expected}; read it again and decide anew`)
    this.name = 'ConflictError'
    this.stream = stream
    this.expected = expected
    this.actual = actual
  }
}

/** The first event id of an append is known, but the append is not the same. */
export class DuplicateEventError extends Error {
  readonly code = 'duplicate-event'
  readonly eventId: string
  constructor(eventId: string) {
    super(`event ${eventId} is already in the log with another append; give new events new ids`)
    this.name = 'DuplicateEventError'
    this.eventId = eventId
  }
}

/** An event does not follow its schema, or its type is not declared. Nothing was written. */
export class InvalidEventError extends Error {
  readonly code = 'invalid-event'
  readonly eventType: string
  constructor(eventType: string, reason: string) {
    super(`event ${eventType} is not valid: ${reason}`)
    this.name = 'InvalidEventError'
    this.eventType = eventType
  }
}

/** A store cannot be reached or does not answer; the same call may work later. */
export class UnavailableError extends Error {
  readonly code = 'unavailable'
  constructor(part: string, options?: ErrorOptions) {
    super(`${part} is not available; try again shortly`, options)
    this.name = 'UnavailableError'
  }
}

/** A query names a field that the collection does not index, or a cursor that is not one of its own. */
export class InvalidQueryError extends Error {
  readonly code = 'invalid-query'
  constructor(reason: string) {
    super(reason)
    this.name = 'InvalidQueryError'
  }
}

/** What was sealed does not open: the key is not the one that it was sealed with, or somebody has changed it. */
export class SealBrokenError extends Error {
  readonly code = 'seal-broken'
  constructor(what: string, options?: ErrorOptions) {
    super(
      `${what} cannot be opened: the master key is not the one that it was sealed with, or it has been changed`,
      options,
    )
    this.name = 'SealBrokenError'
  }
}
