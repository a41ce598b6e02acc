// The cable between a listener and the server, which a test can cut and mend.
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export interface Cable {
  /** `http://…` of this end. */
  readonly url: string
  /** Connections that run through it now. */
  connections(): number
  /** Everything that runs through it breaks, and nothing new comes through. */
  cut(): void
  mend(): void
  close(): Promise<void>
}

/** A cable to a server on this machine. */
export async function layCable(to: string): Promise<Cable> {
  const { port, hostname } = new URL(to)
  const ends = new Set<Socket>()
  let isCut = false
  const server = createServer((near) => {
    if (isCut) return void near.destroy()
    const far = connect(Number(port), hostname)
    for (const [from, other] of [
      [near, far],
      [far, near],
    ] as const) {
      ends.add(from)
      from.pipe(other)
      from.on('error', () => undefined)
      from.on('close', () => {
        ends.delete(from)
        other.destroy()
      })
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const cutAll = () => {
    for (const end of ends) end.destroy()
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    connections: () => ends.size / 2,
    cut() {
      isCut = true
      cutAll()
    },
    mend() {
      isCut = false
    },
    async close() {
      server.close()
      cutAll()
      await once(server, 'close')
    },
  }
}
