// To the gateway over a WebSocket, in a browser or in Node 22.
import type { FromListener } from './protocol.ts'
import { type Open, read } from './transport.ts'

/** Opens a WebSocket at `/ws`, narrows and resumes by its first message, and hears nothing before that is answered. */
export const overWebSocket: Open = ({ origin, token, subscription, after }, heard) => {
  const url = `${origin.replace(/^http/, 'ws')}/ws`
  // A name of our own, so that the gateway does not answer with the token.
  const socket = new WebSocket(url, token === undefined ? [] : ['caminho', `bearer.${token}`])
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

  socket.addEventListener('open', () => say({ subscribe: subscription, ...(after !== undefined && { after }) }))
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
