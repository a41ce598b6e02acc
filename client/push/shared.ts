// The connection of a page: the one that all pages of this browser share, in a shared worker or in one of the pages, else one of its own.
import { canShareAmongPages, joinPages } from './among-pages.ts'
import { openAudience, type Tell } from './audience.ts'
import type { ConnectionState } from './connection.ts'
import { listeners } from './listeners.ts'
import type { PushMessage } from './protocol.ts'
import type { FromPage, ToPage } from './sharing.ts'

export interface SharedConnection {
  onMessage(hear: (message: PushMessage) => void): () => void
  onState(hear: (state: ConnectionState) => void): () => void
  /** Hears that what the page shows may be old. */
  onStale(hear: () => void): () => void
  /** Hears that the log is another one: what the page shows may never have happened, and no position that it knows counts. */
  onReset(hear: () => void): () => void
}

function joinWorker(name: string, after: string, hear: Tell): void {
  const { port } = new SharedWorker(new URL('./shared-worker.ts', import.meta.url), { type: 'module', name })
  const say = (said: FromPage) => port.postMessage(said)
  port.addEventListener('message', ({ data }: MessageEvent<ToPage>) => hear(data))
  port.start()
  say({ hello: { after } })
  addEventListener('pagehide', (event) => {
    if (!event.persisted) say({ bye: true })
  })
}

/** Connects a page. `reader`: who reads it, since nobody may hear what is for another; `after`: the position that the page shows. */
export function sharedConnection(reader: string, after: string): SharedConnection {
  const messages = listeners<[PushMessage]>()
  const states = listeners<[ConnectionState]>()
  const stales = listeners<[]>()
  const resets = listeners<[]>()
  let position = after

  const hear: Tell = (told) => {
    if ('message' in told) {
      // Another page that takes over the connection may tell again what was told.
      if (BigInt(told.message.position) <= BigInt(position)) return
      position = told.message.position
      messages.tell(told.message)
    } else if ('state' in told) states.tell(told.state)
    else if ('reset' in told) {
      position = told.reset
      resets.tell()
    } else stales.tell()
  }

  if (typeof SharedWorker !== 'undefined') joinWorker(reader, after, hear)
  else if (canShareAmongPages()) joinPages({ name: `push/${reader}`, position: () => position, hear })
  else openAudience().welcome(hear, after)

  return { onMessage: messages.add, onState: states.add, onStale: stales.add, onReset: resets.add }
}
