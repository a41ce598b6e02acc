// To the gateway over server-sent events, read by fetch: it can carry a token, which EventSource cannot.
import { type Heard, type Open, read } from './transport.ts'

const addressOf = ({ origin, subscription, after }: Parameters<Open>[0]): string => {
  const query = new URLSearchParams()
  if (subscription.rooms) query.set('rooms', subscription.rooms.join(','))
  if (subscription.events) query.set('events', subscription.events.join(','))
  if (subscription.filter) query.set('filter', JSON.stringify(subscription.filter))
  if (after !== undefined) query.set('after', after)
  return `${origin}/api/events?${query}`
}

/** What one event of the stream says; the close code, when it says that it ends. */
function take(event: string, heard: Heard): number | undefined {
  const fields = new Map(
    event.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
  )
  const data = fields.get('data')
  if (data === undefined) return undefined
  const kind = fields.get('event')
  if (kind === 'close') return Number(data)
  if (kind === 'position') heard.control({ caughtUp: { position: data } })
  else {
    const message = read(data)
    if ('event' in message) heard.message(message)
  }
  return undefined
}

/** The close code that stands for a refusal by HTTP. */
const codeOf = (status: number): number => ({ 401: 4401, 403: 4401, 404: 4404 })[status] ?? 1006

async function follow(response: Response, heard: Heard): Promise<number> {
  if (!response.ok || !response.body) return codeOf(response.status)
  heard.opened()
  const decoder = new TextDecoder()
  let text = ''
  const reader = response.body.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return 1006
    const parts = (text + decoder.decode(value, { stream: true })).split('\n\n')
    text = parts.pop() ?? ''
    for (const part of parts) {
      const code = take(part, heard)
      if (code !== undefined) return code
    }
  }
}

/** Opens `/api/events`. Nothing can be said over it: to want something else, it is opened anew. */
export const overEventStream: Open = (request, heard) => {
  const stopping = new AbortController()
  const { token } = request
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` }
  fetch(addressOf(request), { headers, signal: stopping.signal, cache: 'no-store' })
    .then((response) => follow(response, heard))
    .catch(() => 1006)
    .then((code) => {
      if (!stopping.signal.aborted) heard.closed(code)
      stopping.abort()
    })
  return { say: () => false, close: () => stopping.abort() }
}
