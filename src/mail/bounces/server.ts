// The port on which mails that could not be delivered come back. It takes only mail to return paths that we have made.
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { Logger } from 'pino'
import type { Links } from '../../auth/links.ts'
import type { Context } from '../../commands/handling.ts'
import { mailAt } from '../addresses.ts'
import { type BounceDesk, recordReport } from './recording.ts'
import { readBounce } from './report.ts'

export interface BounceServerOptions extends BounceDesk {
  readonly host: string
  readonly port: number
  readonly links: Links
  readonly log: Pick<Logger, 'warn'>
  readonly context: (mailId: string) => Context
}

export interface BounceServer {
  readonly port: number
  close(): Promise<void>
}

/** Reports carry the headers of the mail, perhaps all of it; ours are small. */
const largest = 2 * 1024 * 1024

/** A refusal as SMTP says it. */
const refusal = (responseCode: number, message: string) => Object.assign(new Error(message), { responseCode })

async function bytesOf(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream) {
    size += chunk.length
    // What is too large is read to its end, as the protocol wants, but not kept.
    if (size <= largest) chunks.push(chunk)
  }
  if (size > largest) throw refusal(552, '5.3.4 too large')
  return Buffer.concat(chunks)
}

/** Listens for what comes back. Loaded only where a port is configured. @throws when the port cannot be had */
export async function startBounceServer(options: BounceServerOptions): Promise<BounceServer> {
  const { host, port, links, log, context } = options
  const { SMTPServer } = await import('smtp-server')

  const take = async (stream: AsyncIterable<Buffer>, recipients: readonly string[]): Promise<void> => {
    const report = await readBounce(await bytesOf(stream))
    if (!report) return
    for (const address of recipients) {
      const mailId = mailAt(links, address)
      if (mailId) await recordReport(options, { mailId, report, source: 'report' }, context(mailId))
    }
  }

  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    size: largest,
    maxClients: 20,
    socketTimeout: 30_000,
    closeTimeout: 2_000,
    onRcptTo({ address }, _session, answer) {
      answer(mailAt(links, address) ? null : refusal(550, '5.1.1 no such return path'))
    },
    onData(stream, { envelope }, answer) {
      take(
        stream,
        envelope.rcptTo.map(({ address }) => address),
      ).then(
        () => answer(null),
        (error: unknown) => {
          log.warn({ err: error }, 'a report of a mail that came back could not be taken')
          const known = error instanceof Error && 'responseCode' in error
          answer(known ? error : refusal(451, '4.3.0 try again later'))
        },
      )
    },
  })
  server.on('error', (error) => log.warn({ err: error }, 'the port for mails that come back'))
  const listening = server.listen(port, host)
  if (!listening.listening) await once(listening, 'listening')
  const address = listening.address() as AddressInfo
  return {
    port: address.port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
