// What the pages of one browser and whoever holds their connection tell each other.
import type { ConnectionState } from './connection.ts'
import type { PushMessage } from './protocol.ts'

/** Said by a page when it comes; `after`: the position that it shows. */
export interface Hello {
  readonly hello: { readonly after: string }
}
/** Said by a page when it goes. */
export type FromPage = Hello | { readonly bye: true }

export type ToPage =
  | { readonly state: ConnectionState }
  | { readonly message: PushMessage }
  /** What happened since the page was made is not known here: it should be asked for again. */
  | { readonly stale: true }
  /** The log is another one (restored from an older backup), told of from this position on: what the page shows may never have happened. */
  | { readonly reset: string }
