// A load of HTTP requests over kept connections, each sending the next request when its answer is there. Sparing, since it shares the machine.
import { connect, type Socket } from 'node:net'
import { perSecond } from './figure.ts'

export interface Load {
  readonly url: string
  readonly connections: number
  readonly milliseconds: number
  /** The text of the next request. */
  readonly request: () => string
  /** The status that every answer must have. */
  readonly status: number
}

/** The text of a request with a JSON body, or without one. */
export function requestText(method: string, path: string, headers: Readonly<Record<string, string>>, body?: object) {
  const text = body === undefined ? '' : JSON.stringify(body)
  const sent = { host: 'bench', ...headers, ...(body && { 'content-type': 'application/json' }) }
  const lines = Object.entries(sent).map(([name, value]) => `${name}: ${value}\r\n`)
  return `${method} ${path} HTTP/1.1\r\n${lines.join('')}content-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`
}

const headEnd = Buffer.from('\r\n\r\n')

/** The length of a whole answer at the start of what was received; undefined while some of it is missing. */
function answerIn(received: Buffer): number | undefined {
  const head = received.indexOf(headEnd)
  if (head < 0) return undefined
  const text = received.toString('latin1', 0, head).toLowerCase()
  const length = /\r\ncontent-length: (\d+)/.exec(text)?.[1]
  if (length !== undefined) return head + 4 + Number(length)
  const end = received.indexOf('\r\n0\r\n\r\n', head)
  return end < 0 ? undefined : end + 7
}

/** Requests a second. @throws when an answer has another status. */
export async function underLoad({ url, connections, milliseconds, request, status }: Load): Promise<number> {
  const { hostname, port } = new URL(url)
  const wanted = `HTTP/1.1 ${status}`
  let answers = 0
  let over = false
  const start = performance.now()
  const client = (socket: Socket) =>
    new Promise<void>((resolve, reject) => {
      let received: Buffer = Buffer.alloc(0)
      socket.on('error', reject)
      socket.on('data', (chunk: Buffer) => {
        received = received.length === 0 ? chunk : Buffer.concat([received, chunk])
        const length = answerIn(received)
        if (length === undefined || received.length < length) return
        const began = received.toString('latin1', 0, wanted.length)
        if (began !== wanted) return reject(new Error(`wanted ${wanted}, got ${received.toString()}`))
        received = received.subarray(length)
        answers += 1
        if (!over) return void socket.write(request())
        socket.end()
        resolve()
      })
      socket.write(request())
    })
  const timer = setTimeout(() => {
    over = true
  }, milliseconds)
  await Promise.all(Array.from({ length: connections }, () => client(connect(Number(port), hostname))))
  clearTimeout(timer)
  return perSecond(answers, start)
}
