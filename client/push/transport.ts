// A way to the gateway. There are two: a WebSocket, and server-sent events where no WebSocket comes through.
import type { Control, FromListener, PushMessage, Subscription } from './protocol.ts'

export interface Heard {
  /** It is connected, and what it wants has been taken note of. */
  opened(): void
  message(message: PushMessage): void
  control(control: Control): void
  /** It is over. `code`: of a WebSocket's close; 1006 where there was none. */
  closed(code: number): void
}

export interface Request {
  /** `http:` or `https:`, without a path. */
  readonly origin: string
  /** Undefined: by the browser's cookie. */
  readonly token: string | undefined
  readonly subscription: Subscription
  /** Undefined: from now on. */
  readonly after: string | undefined
}

export interface Transport {
  /** Says something; false where nothing can be said. */
  say(said: FromListener): boolean
  close(): void
}

export type Open = (request: Request, heard: Heard) => Transport

/** Parses one text of the gateway. */
export const read = (text: string): PushMessage | Control => JSON.parse(text)
