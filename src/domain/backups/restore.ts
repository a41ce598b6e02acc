// The rules of restoring: begun in the log that is to be replaced, completed in the one that takes its place. Where that waits on servers for the nodes
// to be told of it, the former knows it as prepared.
import { type Decider, nothing, reject } from '../../kernel/decider.ts'
import { event } from '../../kernel/event.ts'
import { type RestoreEvents, restoreEvents } from './events.ts'

export type RestoreCommands = {
  StartRestore: RestoreEvents['RestoreStarted']
  FailRestore: RestoreEvents['RestoreFailed']
  PrepareRestore: RestoreEvents['RestorePrepared']
  CompleteRestore: RestoreEvents['BackupRestored']
  RemoveReplacedStore: RestoreEvents['ReplacedStoreRemoved']
}

export type Restore = {
  readonly status: 'unknown' | 'running' | 'failed' | 'prepared' | 'restored'
  /** The folder with the store that was replaced, while there is one. */
  readonly replaced: string | null
}

/** A completion is recorded once, also when it is told again after a crash. RemoveReplacedStore: `unknown-restore` where nothing is kept. */
export const restore: Decider<RestoreCommands, RestoreEvents, Restore> = {
  events: restoreEvents,
  initial: { status: 'unknown', replaced: null },

  decide: {
    StartRestore: ({ status }, start) => (status === 'unknown' ? [event('RestoreStarted', start)] : nothing),
    FailRestore: ({ status }, failure) => (status === 'running' ? [event('RestoreFailed', failure)] : nothing),
    PrepareRestore: ({ status }, preparation) =>
      status === 'running' ? [event('RestorePrepared', preparation)] : nothing,
    CompleteRestore: ({ status }, completion) =>
      status === 'restored' ? nothing : [event('BackupRestored', completion)],
    RemoveReplacedStore: ({ replaced }, removal) =>
      replaced === null
        ? reject('unknown-restore', { restoreId: removal.restoreId })
        : [event('ReplacedStoreRemoved', removal)],
  },

  evolve: {
    RestoreStarted: () => ({ status: 'running', replaced: null }),
    RestoreFailed: () => ({ status: 'failed', replaced: null }),
    RestorePrepared: () => ({ status: 'prepared', replaced: null }),
    BackupRestored: (_, { replaced }) => ({ status: 'restored', replaced }),
    ReplacedStoreRemoved: (restore) => ({ ...restore, replaced: null }),
  },
}
