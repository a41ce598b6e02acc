// The connection of a page: the one that all pages of this browser share where there are shared workers, else one of its own.
import { type ConnectionState, connect } from './connection.ts'
import { listeners } from './listeners.ts'
import type { PushMessage } from './protocol.ts'
import { renewCookie } from './renewing.ts'
import type { FromPage, ToPage } from './sharing.ts'

export interface SharedConnection {
  onMessage(hear: (message: PushMessage) => void): () => void
  onState(hear: (state: ConnectionState) => void): () => void
  /** Hears that what the page shows may be old. */
  onStale(hear: () => void): () => void
}

/** Connects a page. `reader`: who reads it, since nobody may hear what is for another; `after`: the position that the page shows. */
export function sharedConnection(reader: string, after: string): SharedConnection {
  const messages = listeners<[PushMessage]>()
  const states = listeners<[ConnectionState]>()
  const stales = listeners<[]>()

  const hear = (told: ToPage): void => {
    if ('message' in told) messages.tell(told.message)
    else if ('state' in told) states.tell(told.state)
    else stales.tell()
  }

  if (typeof SharedWorker === 'undefined') {
    const own = connect({ after, subscription: { events: ['*'] }, renew: renewCookie })
    own.on('*', (message) => hear({ message }))
    own.onState((state) => hear({ state }))
    own.onReset(() => hear({ stale: true }))
  } else {
    const { port } = new SharedWorker(new URL('./shared-worker.ts', import.meta.url), { type: 'module', name: reader })
    const say = (said: FromPage) => port.postMessage(said)
    port.addEventListener('message', ({ data }: MessageEvent<ToPage>) => hear(data))
    port.start()
    say({ hello: { after } })
    addEventListener('pagehide', (event) => {
      if (!event.persisted) say({ bye: true })
    })
  }

  return { onMessage: messages.add, onState: states.add, onStale: stales.add }
}
