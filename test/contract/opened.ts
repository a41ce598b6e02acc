// What an adapter gives a contract suite: an open store for one test, and the way to be rid of it.

export interface Opened<Store> {
  readonly store: Store
  /** Closes the store and opens it again on the same data, for adapters that keep any. */
  readonly reopen?: () => Promise<Store>
  /** Opens the same data a second time, as another thread or process would; `destroy` closes it too. */
  readonly beside?: () => Promise<Store>
  readonly destroy: () => Promise<void>
}

export type Open<Store> = () => Promise<Opened<Store>>

/** Rejects when a promise takes longer than any honest store needs. */
export async function soon<Value>(promise: Promise<Value>, what: string, milliseconds = 30_000): Promise<Value> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`waited too long: ${what}`)), milliseconds)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}
