// The worker that holds one connection for all pages of a browser, and hands what it hears to each of them.
import { type Connection, connect } from './connection.ts'
import type { PushMessage } from './protocol.ts'
import { renewCookie } from './renewing.ts'
import type { FromPage, ToPage } from './sharing.ts'

/** Messages kept for pages that come: what happened while they were made and loaded. */
const kept = 200

const pages = new Set<MessagePort>()
let connection: Connection | undefined
let recent: PushMessage[] = []
/** All messages after this position are in `recent`. */
let since = ''

const tellAll = (told: ToPage): void => {
  for (const page of pages) page.postMessage(told)
}

function open(after: string): Connection {
  since = after
  recent = []
  const opened = connect({ after, subscription: { events: ['*'] }, renew: renewCookie })
  opened.on('*', (message) => {
    recent.push(message)
    if (recent.length > kept) since = recent.shift()?.position ?? since
    tellAll({ message })
  })
  opened.onState((state) => tellAll({ state }))
  opened.onReset(() => tellAll({ stale: true }))
  return opened
}

function welcome(page: MessagePort, after: string): void {
  pages.add(page)
  // Whoever was refused has signed in again, or another person has.
  if (connection?.state === 'refused') {
    connection.close()
    connection = undefined
  }
  connection ??= open(after)
  const tell = (told: ToPage) => page.postMessage(told)
  tell({ state: connection.state })
  if (BigInt(after) < BigInt(since)) tell({ stale: true })
  else for (const message of recent) if (BigInt(message.position) > BigInt(after)) tell({ message })
}

function leave(page: MessagePort): void {
  pages.delete(page)
  page.close()
}

addEventListener('connect', (event) => {
  const [page] = (event as MessageEvent).ports
  if (!page) return
  page.addEventListener('message', ({ data }: MessageEvent<FromPage>) => {
    if ('hello' in data) welcome(page, data.hello.after)
    else leave(page)
  })
  page.start()
})
