// The KurrentDB double's end of the wire: it takes connections at a port that stays the same, cuts them, and refuses them while it is closed.
import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'

export class Listener {
  readonly #sockets = new Set<Socket>()
  #server: Server | undefined
  /** Of the last opening. */
  port = 0

  /** Opens at the port of the last time, or any. */
  async open(take: (socket: Socket) => void): Promise<void> {
    const server = createServer({ noDelay: true }, (socket) => {
      this.#sockets.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => this.#sockets.delete(socket))
      take(socket)
    })
    this.#server = server
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(this.port, '127.0.0.1', resolve)
    })
    const address = server.address()
    if (typeof address === 'object' && address) this.port = address.port
  }

  /** Resolves once no more than so many connections are open. */
  async connectionsAtMost(count: number): Promise<void> {
    while (this.#sockets.size > count) await Promise.race([...this.#sockets].map((socket) => once(socket, 'close')))
  }

  cut(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy()
  }

  async close(): Promise<void> {
    const server = this.#server
    if (!server) return
    this.#server = undefined
    const closed = new Promise((resolve) => server.close(resolve))
    this.cut()
    await closed
  }
}
