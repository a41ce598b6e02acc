// To the gateway over a WebSocket, in a browser or in Node 22.
import type { FromListener } from './protocol.ts'
import { type Open, read } from './transport.ts'

/** Where the token goes: among the headers of the handshake, or after it, where nobody on the way writes it down. */
type TokenIn = 'handshake' | 'first-message'

const webSocket =
  (tokenIn: TokenIn): Open =>
  ({ origin, token, subscription, after }, heard) => {
    const url = `${origin.replace(/^http/, 'ws')}/ws`
    const isSaid = token !== undefined && tokenIn === 'first-message'
    // A name of our own, so that the gateway does not answer with the token.
    const protocols = token === undefined || isSaid ? [] : ['caminho', `bearer.${token}`]
    const first: FromListener = {
      ...(isSaid && { token }),
      subscribe: subscription,
      ...(after !== undefined && { after }),
    }
    const socket = new WebSocket(url, protocols)
    let answered = false
    let over = false
    const say = (said: FromListener): boolean => {
      if (socket.readyState !== WebSocket.OPEN) return false
      socket.send(JSON.stringify(said))
      return true
    }
    const end = (code: number): void => {
      if (over) return
      over = true
      heard.closed(code)
    }

    socket.addEventListener('open', () => say(first))
    socket.addEventListener('message', ({ data }) => {
      if (over) return
      const told = read(String(data))
      if ('subscribed' in told) {
        answered = true
        heard.opened()
      }
      // What comes before the answer comes again after it.
      if ('event' in told) {
        if (answered) heard.message(told)
      } else heard.control(told)
    })
    socket.addEventListener('close', ({ code }) => end(code))
    socket.addEventListener('error', () => end(1006))

    return {
      say,
      close() {
        over = true
        socket.close(1000)
      },
    }
  }

/** Opens a WebSocket at `/ws`, narrows and resumes by its first message, and hears nothing before that is answered. */
export const overWebSocket: Open = webSocket('handshake')

/** The same with the token in the first message, for proxies that keep the headers of handshakes in their logs, or take subprotocols away. */
export const overWebSocketTokenFirst: Open = webSocket('first-message')
