// A state that is kept in step with the server: loaded once with its position, then changed by every later message.
import type { Connection } from './connection.ts'
import type { PushMessage } from './protocol.ts'

export interface Snapshot<State> {
  readonly state: State
  /** The position that the state shows; messages up to it are in it already. */
  readonly position: string
}

export interface SyncedOptions<State> {
  readonly connection: Connection
  /** Asked at the beginning, and again when the log is another one. */
  readonly load: () => Promise<Snapshot<State>>
  /** The state after a message; the same state when it does not matter. */
  readonly reduce: (state: State, message: PushMessage) => State
}

export interface Synced<State> {
  /** Undefined until it is loaded. */
  get(): State | undefined
  /** Hears that it has changed; fits React's `useSyncExternalStore`. The result ends it. */
  subscribe(hear: () => void): () => void
  /** Resolves once it is loaded for the first time; rejects when that failed. */
  readonly ready: Promise<void>
  close(): void
}

/** Keeps a state in step. Messages that come while it is loaded are kept, and counted where the loaded state does not show them yet. */
export function synced<State>({ connection, load, reduce }: SyncedOptions<State>): Synced<State> {
  const listeners = new Set<() => void>()
  let current: Snapshot<State> | undefined
  let waiting: PushMessage[] = []
  let loading = 0

  const apply = (snapshot: Snapshot<State>, message: PushMessage): Snapshot<State> =>
    BigInt(message.position) <= BigInt(snapshot.position)
      ? snapshot
      : { state: reduce(snapshot.state, message), position: message.position }

  const set = (next: Snapshot<State>): void => {
    const changed = next.state !== current?.state
    current = next
    if (changed) for (const hear of [...listeners]) hear()
  }

  const begin = async (): Promise<void> => {
    const mine = ++loading
    current = undefined
    waiting = []
    const loaded = await load()
    if (mine !== loading) return
    set(waiting.reduce(apply, loaded))
    waiting = []
  }

  const stopHearing = connection.on('*', (message) => {
    if (current) set(apply(current, message))
    else waiting.push(message)
  })
  const stopResetting = connection.onReset(() => void begin().catch(() => undefined))

  return {
    get: () => current?.state,
    subscribe(hear) {
      listeners.add(hear)
      return () => void listeners.delete(hear)
    },
    ready: begin(),
    close() {
      loading += 1
      stopHearing()
      stopResetting()
      listeners.clear()
    },
  }
}
