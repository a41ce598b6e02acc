// Listeners for tests: a bare WebSocket that keeps all it hears, and waits for what it is to hear.
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import type { Control, FromListener, PushMessage } from '../../client/push/protocol.ts'
import { soon } from '../contract/opened.ts'

/** Milliseconds after which something that has not been heard is not coming. */
const patience = 8_000

export interface Ear {
  readonly messages: PushMessage[]
  readonly controls: Control[]
  say(said: FromListener): void
  /** Sends what no schema foresees. */
  raw(data: string | Uint8Array<ArrayBuffer>): void
  /** Resolves once it holds. */
  until(condition: () => boolean, what: string): Promise<void>
  /** Positions of what was heard, in the order of hearing. */
  positions(): readonly string[]
  /** The close code, once it is closed. */
  closed(): Promise<number>
  close(): Promise<void>
}

/** Opens a WebSocket. `token`: as the subprotocol. */
export async function listen(url: string, token?: string, said?: FromListener): Promise<Ear> {
  const socket = new WebSocket(url, token === undefined ? [] : [`bearer.${token}`])
  const messages: PushMessage[] = []
  const controls: Control[] = []
  const heard = new Set<() => void>()
  socket.addEventListener('message', ({ data }) => {
    const told: PushMessage | Control = JSON.parse(String(data))
    if ('event' in told) messages.push(told)
    else controls.push(told)
    for (const wake of heard) wake()
  })
  const closed = once(socket, 'close').then(([event]) => {
    for (const wake of heard) wake()
    return (event as CloseEvent).code
  })
  await Promise.race([once(socket, 'open'), closed])
  const ear: Ear = {
    messages,
    controls,
    say: (said) => socket.send(JSON.stringify(said)),
    raw: (data) => socket.send(data),
    async until(condition, what) {
      const holds = new Promise<void>((resolve) => {
        const look = () => {
          if (!condition()) return
          heard.delete(look)
          resolve()
        }
        heard.add(look)
        look()
      })
      await soon(
        holds,
        `${what}; heard ${messages.length} messages and ${JSON.stringify(controls.slice(-3))}`,
        patience,
      )
    },
    positions: () => messages.map(({ position }) => position),
    closed: () => soon(closed, 'the gateway to close', patience),
    async close() {
      socket.close()
      await Promise.race([closed, wait(2_000)])
    },
  }
  if (said) ear.say(said)
  return ear
}

/** Whether a control of that name has been heard. */
export const heard = ({ controls }: Ear, name: string): boolean => controls.some((control) => name in control)
