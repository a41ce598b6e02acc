// A queue of 10,000 mails drained to an SMTP server on this machine, against nodemailer alone handing over the same bytes by as many connections.
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { createTransport } from 'nodemailer'
import { readConfig } from '../src/config.ts'
import { startProjecting } from '../src/projecting.ts'
import { openSystem } from '../src/system.ts'
import { fullQueue } from '../test/mail/full-queue.ts'
import { type Figure, perSecond } from './figure.ts'

const mails = 10_000
const connections = 5
const bareMails = 3_000

/** What nodemailer alone hands over in a second. */
async function bare(port: number, raw: string): Promise<number> {
  const transport = createTransport({
    host: '127.0.0.1',
    port,
    pool: true,
    maxConnections: connections,
    ignoreTLS: true,
  })
  const start = performance.now()
  let left = bareMails
  const worker = async () => {
    while (left-- > 0) await transport.sendMail({ envelope: { from: 'a@shop.test', to: 'b@far.test' }, raw })
  }
  await Promise.all(Array.from({ length: connections * 2 }, worker))
  const rate = perSecond(bareMails, start)
  transport.close()
  return rate
}

const megabytes = () => process.memoryUsage().rss / 1e6

/** Drains the queue in the whole system; mails a second, and by how many MB memory grew in the second half. */
async function drain(port: number): Promise<{ rate: number; first: number; growth: number; raw: string }> {
  const queue = await fullQueue(mails, 1_000)
  const env = { SMTP_URL: `smtp://127.0.0.1:${port}`, MAIL_TLS: 'none', MAIL_CONNECTIONS: String(connections) }
  const limits = { MAIL_PER_DOMAIN_MINUTE: '1000000', MAIL_PER_RECIPIENT_HOUR: '1000000' }
  const config = readConfig({ DATA_DIR: queue.folder, DEMO: 'false', LOG_LEVEL: 'fatal', ...env, ...limits })
  const fail = (error: unknown) => {
    throw error
  }
  const system = await openSystem({ config, onCommit: () => projecting.appended() })
  const projecting = startProjecting({
    config,
    onProgress: (position) => system.progress.advance(position),
    onFailure: (_, reason) => fail(new Error(reason)),
    onDeath: fail,
  })
  await system.progress.waitFor(await system.store.head(), Number.POSITIVE_INFINITY)
  const [queued] = await system.mail.storyOf(queue.mailIds[0] ?? '')
  const shown = await system.mail.writer.show(queued?.data as Parameters<typeof system.mail.writer.show>[0])
  const raw = `From: a@shop.test\r\nTo: b@far.test\r\nSubject: x\r\nContent-Type: text/html\r\n\r\n${shown.html}\r\n${shown.text}`

  const stopping = new AbortController()
  const start = performance.now()
  const running = system.mail.run(stopping.signal)
  const sent = () => system.mail.stats().delivered.sent ?? 0
  let first = 0
  let most = 0
  while (sent() < mails) {
    await new Promise((resolve) => setTimeout(resolve, 50))
    if (first === 0 && sent() > mails / 2) first = megabytes()
    most = Math.max(most, megabytes())
  }
  const rate = perSecond(mails, start)
  stopping.abort()
  await running
  await projecting.close()
  await system.close()
  queue.destroy()
  return { rate, first, growth: Math.max(0, most - first), raw }
}

export async function mail(): Promise<readonly Figure[]> {
  const worker = new Worker(new URL('mail-server.ts', import.meta.url))
  const [port]: unknown[] = await once(worker, 'message')
  const { rate, first, growth, raw } = await drain(Number(port))
  const baseline = await bare(Number(port), raw)
  await worker.terminate()
  return [
    {
      name: `mails sent from a queue of ${mails.toLocaleString('en')}`,
      value: rate,
      baseline,
      unit: '/s',
      bound: { ratio: 0.1 },
      against: 'nodemailer alone, the same bytes',
      limitedBy: 'one durable append a mail: few are under way at once, so few share an fsync',
    },
    {
      name: 'memory that the second half of it takes',
      value: growth,
      baseline: first,
      unit: 'MB',
      bound: { most: 60 },
      against: 'MB at the half',
      limitedBy: 'the cache of states, which is bounded',
    },
  ]
}
