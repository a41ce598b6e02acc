// The pages of a browser that share one connection: it is opened for the first of them, and each is told what happens after the position that it shows.
import { type Connection, connect } from './connection.ts'
import type { PushMessage } from './protocol.ts'
import { renewCookie } from './renewing.ts'
import type { ToPage } from './sharing.ts'

/** Messages kept for pages that come: what happened while they were made and loaded. */
const kept = 200

/** Reaches one page. */
export type Tell = (told: ToPage) => void

export interface Audience {
  /** A page has come that shows a position; or one that was here is told again from there. */
  welcome(tell: Tell, after: string): void
  leave(tell: Tell): void
}

/** Nobody yet. */
export function openAudience(): Audience {
  const pages = new Set<Tell>()
  let connection: Connection | undefined
  let recent: PushMessage[] = []
  /** All messages after this position are in `recent`; undefined while the log is another one and no position of it is known. */
  let since: string | undefined

  const tellAll = (told: ToPage): void => {
    for (const tell of pages) tell(told)
  }

  const open = (after: string): Connection => {
    since = after
    recent = []
    const opened = connect({ after, subscription: { events: ['*'] }, renew: renewCookie })
    opened.on('*', (message) => {
      recent.push(message)
      if (recent.length > kept) since = recent.shift()?.position ?? since
      tellAll({ message })
    })
    opened.onState((state) => tellAll({ state }))
    opened.onReset(() => {
      recent = []
      since = undefined
    })
    opened.onControl((control) => {
      if (since !== undefined) return
      if ('subscribed' in control) since = control.subscribed.after
      if ('caughtUp' in control) since = control.caughtUp.position
      if (since !== undefined) tellAll({ reset: since })
    })
    return opened
  }

  return {
    welcome(tell, after) {
      pages.add(tell)
      // Whoever was refused has signed in again, or another person has.
      if (connection?.state === 'refused') {
        connection.close()
        connection = undefined
      }
      connection ??= open(after)
      tell({ state: connection.state })
      if (since === undefined || BigInt(after) < BigInt(since)) tell({ stale: true })
      else for (const message of recent) if (BigInt(message.position) > BigInt(after)) tell({ message })
    },
    leave: (tell) => void pages.delete(tell),
  }
}
