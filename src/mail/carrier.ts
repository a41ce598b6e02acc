// Carries mails to the SMTP server, over connections that are kept open for many.
import { readFile } from 'node:fs/promises'
import type { MailSettings } from './settings.ts'
import { taken, type Verdict, verdictOf } from './verdict.ts'
import type { WrittenMail } from './written.ts'

export interface Carrier {
  /** Hands a mail over; what the server or the network does is the verdict, never thrown. */
  carry(mail: WrittenMail): Promise<Verdict>
  /** Closes the connections; the next mail opens new ones. */
  close(): void
}

export interface CarrierOptions {
  readonly settings: MailSettings
  readonly smtpUrl: string
}

async function connect({ settings, smtpUrl }: CarrierOptions) {
  const { createTransport } = await import('nodemailer')
  const { tls, connections, dkim } = settings
  const timeout = settings.timeout * 1_000
  return createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: connections,
    maxMessages: 200,
    // A message whose connection broke is ours to judge, not to be sent again unseen.
    maxRequeues: 0,
    requireTLS: tls === 'required',
    ignoreTLS: tls === 'none',
    disableFileAccess: true,
    disableUrlAccess: true,
    // RFC 5321 allows minutes, but a mail that waits blocks others.
    connectionTimeout: Math.min(timeout, 10_000),
    greetingTimeout: Math.min(timeout, 10_000),
    socketTimeout: timeout,
    ...(dkim && {
      dkim: { domainName: dkim.domain, keySelector: dkim.selector, privateKey: await readFile(dkim.keyFile, 'utf8') },
    }),
  })
}

/** The way to the server, opened with the first mail. @throws from `carry` when it is configured with a key that cannot be read */
export function openCarrier(options: CarrierOptions): Carrier {
  let transport: ReturnType<typeof connect> | undefined
  const open = () => {
    transport ??= connect(options).catch((error: unknown) => {
      transport = undefined
      throw error
    })
    return transport
  }
  return {
    async carry({ attachments, headers, ...mail }) {
      const opened = await open()
      try {
        const sent = await opened.sendMail({ ...mail, headers: { ...headers }, attachments: [...attachments] })
        return taken(sent.response)
      } catch (error) {
        return verdictOf(error)
      }
    },
    close() {
      const opened = transport
      transport = undefined
      // One that could not be opened needs no closing.
      opened?.then((pool) => pool.close()).catch(() => undefined)
    },
  }
}
