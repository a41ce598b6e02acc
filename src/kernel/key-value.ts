// The key-value port: the little that is kept beside the log and not derived from it (personal keys, checkpoints of reactors, parked events,
// leases, snapshots). test/contract/key-value.ts is its contract.

export interface Entry<Value = unknown> {
  readonly key: string
  readonly value: Value
  /** Grows by one with each put, from 1. */
  readonly version: number
}

export interface PutOptions {
  /** Only if the entry is at this version; 0: only if there is none. */
  readonly expected?: number
}

/** Values are JSON. Every change is durable when its promise resolves. */
export interface KeyValueStore {
  get(space: string, key: string): Promise<Entry | undefined>
  getMany(space: string, keys: readonly string[]): Promise<Entry[]>
  /** The new version, or undefined when the entry was not as expected (nothing is written then). */
  put(space: string, key: string, value: unknown, options?: PutOptions): Promise<number | undefined>
  /** Destroys the entry beyond recovery from the store's own files; whether there was one. */
  delete(space: string, key: string): Promise<boolean>
  /** Entries in order of key. */
  list(
    space: string,
    options?: { readonly prefix?: string; readonly after?: string; readonly limit?: number },
  ): Promise<Entry[]>
  /** The spaces that have entries, in order. */
  spaces(): Promise<string[]>
  close(): Promise<void>
}
