// A WebSocket (RFC 6455) reduced to what tests need: thousands of them at little cost, and everything that a browser's would not do.
import { randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'

export interface RawOptions {
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly onText?: (text: string) => void
  /** Instead of `onText`, for those who count more than they read. */
  readonly onPayload?: (payload: Buffer) => void
}

export interface RawSocket {
  readonly tcp: Socket
  /** The status of the handshake: 101, or why not. */
  readonly status: Promise<number>
  /** The close code; 1006 without one. */
  readonly closed: Promise<number>
  text(text: string): void
  frame(opcode: number, payload: Buffer): void
  /** Cuts the connection without a word. */
  cut(): void
}

const opcodes = { text: 1, close: 8, ping: 9, pong: 10 } as const

/** One masked frame, as a client sends it. */
export function maskedFrame(opcode: number, payload: Buffer): Buffer {
  const { length } = payload
  const size = length < 126 ? 0 : length < 65_536 ? 2 : 8
  const frame = Buffer.alloc(6 + size + length)
  frame[0] = 0x80 | opcode
  frame[1] = 0x80 | (size === 0 ? length : size === 2 ? 126 : 127)
  if (size === 2) frame.writeUInt16BE(length, 2)
  if (size === 8) frame.writeBigUInt64BE(BigInt(length), 2)
  // A mask of zeros is a mask: nothing needs to be turned over.
  payload.copy(frame, 6 + size)
  return frame
}

/** Tells each whole frame of what was received; what is left. */
function takeFrames(received: Buffer, take: (opcode: number, payload: Buffer) => void): Buffer {
  let at = 0
  while (received.length - at >= 2) {
    const short = (received[at + 1] ?? 0) & 127
    const size = short < 126 ? 0 : short === 126 ? 2 : 8
    const start = at + 2 + size
    if (received.length < start) break
    const length =
      size === 0 ? short : size === 2 ? received.readUInt16BE(at + 2) : Number(received.readBigUInt64BE(at + 2))
    if (received.length < start + length) break
    take((received[at] ?? 0) & 15, received.subarray(start, start + length))
    at = start + length
  }
  return at === 0 ? received : received.subarray(at)
}

const key = randomBytes(16).toString('base64')

/** Connects, and tells each text that comes. */
export function rawSocket({
  url,
  headers = {},
  onText = () => undefined,
  onPayload = (payload) => onText(payload.toString()),
}: RawOptions): RawSocket {
  const { hostname, port, host, pathname, search } = new URL(url)
  const tcp = connect(Number(port), hostname)
  const sent = { Host: host, Upgrade: 'websocket', Connection: 'Upgrade', 'Sec-WebSocket-Key': key, ...headers }
  const lines = Object.entries({ ...sent, 'Sec-WebSocket-Version': '13' }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  )
  tcp.write(`GET ${pathname}${search} HTTP/1.1\r\n${lines.join('')}\r\n`)

  const status = Promise.withResolvers<number>()
  const closed = Promise.withResolvers<number>()
  let code = 1006
  let isOpen = false
  let received: Buffer = Buffer.alloc(0)

  const frame = (opcode: number, payload: Buffer) => void tcp.write(maskedFrame(opcode, payload))
  const take = (opcode: number, payload: Buffer): void => {
    if (opcode === opcodes.text) onPayload(payload)
    if (opcode === opcodes.ping) frame(opcodes.pong, payload)
    if (opcode !== opcodes.close) return
    code = payload.length >= 2 ? payload.readUInt16BE(0) : 1005
    tcp.end()
  }

  tcp.on('data', (chunk: Buffer) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk])
    if (!isOpen) {
      const end = received.indexOf('\r\n\r\n')
      if (end < 0) return
      const answered = Number(received.toString('latin1', 9, 12))
      status.resolve(answered)
      isOpen = answered === 101
      received = received.subarray(end + 4)
    }
    if (!isOpen) return
    received = takeFrames(received, take)
  })
  tcp.on('error', () => undefined)
  tcp.on('close', () => {
    status.resolve(0)
    closed.resolve(code)
  })

  return {
    tcp,
    status: status.promise,
    closed: closed.promise,
    text: (text) => frame(opcodes.text, Buffer.from(text)),
    frame,
    cut: () => tcp.destroy(),
  }
}
