// The faults that the KurrentDB double can be told to have: what goes wrong with the appends and reads to come, one entry each.

export type AppendFault =
  /** Goes well. */
  | 'none'
  /** Written, then the connection is cut before the answer. */
  | 'answer-lost'
  /** The connection is cut before anything is written. */
  | 'cut-before'
  /** Nothing is written: the server says that it is not ready. */
  | 'not-ready'
  /** Written, but no answer ever comes. */
  | 'silent'
  /** Nothing is written: another node is the leader. */
  | 'not-leader'
  /** Nothing is written: who asks has no right to. */
  | 'denied'

export type ReadFault =
  | 'none'
  /** Cut after the first few records. */
  | 'cut-amid'
  | 'not-ready'
  | 'denied'

export class Faults {
  /** One for each append to come. */
  readonly appends: AppendFault[] = []
  /** One for each read to come; subscriptions are none. */
  readonly reads: ReadFault[] = []
  /** Called before an append is judged. */
  beforeAppend = () => {}
  /** Milliseconds before each answer to an append. */
  delay = 0

  nextAppend(): AppendFault {
    return this.appends.shift() ?? 'none'
  }

  nextRead(): ReadFault {
    return this.reads.shift() ?? 'none'
  }
}
