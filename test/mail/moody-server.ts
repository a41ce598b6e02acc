// A real SMTP server with moods: how it treats a mail is told by the recipient's address, `bounce-1@far.test`.
import { once } from 'node:events'
import type { AddressInfo, Server } from 'node:net'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'

export interface Delivered {
  readonly to: string
  readonly from: string
  readonly messageId: string
  readonly source: string
  /** It came over TLS. */
  readonly isPrivate: boolean
}

/** `deliver`: the mail is taken; `answer`: what is said after it. */
interface Mood {
  readonly rcpt?: readonly [code: number, text: string]
  readonly data?: readonly [code: number, text: string]
  /** The connection breaks in the midst of the mail. */
  readonly drop?: true
  /** Nothing is ever answered after the mail. */
  readonly stall?: true
  /** The mail is taken, but the connection breaks before that is said. */
  readonly loseAnswer?: true
}

export const moods: Readonly<Record<string, Mood>> = {
  ok: {},
  bounce: { rcpt: [550, '5.1.1 no such user'] },
  policy: { rcpt: [550, '5.7.1 not from you'] },
  refuse: { data: [554, '5.6.0 I do not like it'] },
  defer: { rcpt: [451, '4.7.1 greylisted, come again'] },
  'defer-data': { data: [452, '4.2.2 mailbox full'] },
  drop: { drop: true },
  stall: { stall: true },
  lie: { loseAnswer: true },
}

const moodOf = (address: string): string => address.replace(/[-\d]*@.*$/, '')

const refusal = ([responseCode, text]: readonly [number, string]) => Object.assign(new Error(text), { responseCode })

/** The whole of a mail; undefined when the connection broke before its end. */
async function sourceOf(stream: AsyncIterable<Buffer>): Promise<string | undefined> {
  const chunks: Buffer[] = []
  try {
    for await (const chunk of stream) chunks.push(chunk)
    return Buffer.concat(chunks).toString()
  } catch {
    return undefined
  }
}

export interface MoodyServer {
  readonly url: string
  readonly port: number
  /** What was taken, in order; a mail whose answer was lost, too. */
  readonly delivered: Delivered[]
  /** Attempts of any outcome, by recipient. */
  readonly attempts: Map<string, number>
  read(delivered: Delivered | undefined): Promise<ParsedMail>
  /** From now on every mail is treated so. */
  calm(): void
  close(): Promise<void>
}

export interface MoodyOptions {
  /** Any that is free, unless named. */
  readonly port?: number
  readonly keepSource?: boolean
  /** Speaks TLS, from the first byte (`smtps`) or when it is asked to (`starttls`). */
  readonly tls?: { readonly when: 'smtps' | 'starttls'; readonly key: string; readonly cert: string }
}

/** Starts it. */
export async function startMoodyServer({ port = 0, keepSource = true, tls }: MoodyOptions = {}): Promise<MoodyServer> {
  const delivered: Delivered[] = []
  const attempts = new Map<string, number>()
  let calmed = false
  const treat = (address: string): Mood => (calmed ? {} : (moods[moodOf(address)] ?? {}))

  const server = new SMTPServer({
    disabledCommands: tls?.when === 'starttls' ? ['AUTH'] : ['AUTH', 'STARTTLS'],
    ...(tls && { secure: tls.when === 'smtps', key: tls.key, cert: tls.cert }),
    closeTimeout: 200,
    onRcptTo({ address }, _session, answer) {
      attempts.set(address, (attempts.get(address) ?? 0) + 1)
      const { rcpt } = treat(address)
      answer(rcpt ? refusal(rcpt) : null)
    },
    async onData(stream, session, answer) {
      const { envelope } = session
      const to = envelope.rcptTo[0]?.address ?? ''
      const { data, drop, stall, loseAnswer } = treat(to)
      // The socket of the session, as the server keeps it.
      const breakOff = () => {
        for (const connection of server.connections as Iterable<{
          session: { id: string }
          _socket: { destroy(): void }
        }>)
          if (connection.session.id === session.id) connection._socket.destroy()
      }
      if (drop) return breakOff()
      const source = await sourceOf(stream)
      // The other side is gone: there is nobody to answer.
      if (source === undefined) return
      if (stall) return
      if (data) return answer(refusal(data))
      const messageId = /^Message-ID:\s*(<[^>]+>)/im.exec(source)?.[1] ?? ''
      const from = envelope.mailFrom ? envelope.mailFrom.address : ''
      delivered.push({ to, from, messageId, source: keepSource ? source : '', isPrivate: session.secure })
      if (loseAnswer) return breakOff()
      answer(null, '2.0.0 taken')
    },
  })
  server.on('error', () => undefined)
  const listening = server.listen(port, '127.0.0.1') as Server
  if (!listening.listening) await once(listening, 'listening')
  const bound = (listening.address() as AddressInfo).port
  return {
    url: `${tls?.when === 'smtps' ? 'smtps' : 'smtp'}://127.0.0.1:${bound}`,
    port: bound,
    delivered,
    attempts,
    read: (mail) => simpleParser(mail?.source ?? ''),
    calm() {
      calmed = true
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
