// A queue of 10,000 mails drained to an SMTP server on this machine, against nodemailer alone handing over the same bytes by as many connections;
// and what is left in memory at each fifth of the way.
import { once } from 'node:events'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
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

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void
/** MB that are still reached after a collection. */
const reached = (): number => {
  collect()
  return process.memoryUsage().heapUsed / 1e6
}
const moments = 5

/** Drains the queue in the whole system; mails a second, and MB of heap at each moment. */
async function drain(port: number): Promise<{ rate: number; heap: readonly number[]; raw: string }> {
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
  const heap: number[] = []
  for (let moment = 1; moment <= moments; moment += 1) {
    while (sent() < (mails * moment) / moments) await new Promise((resolve) => setTimeout(resolve, 20))
    heap.push(reached())
  }
  const rate = perSecond(mails, start)
  stopping.abort()
  await running
  await projecting.close()
  await system.close()
  queue.destroy()
  return { rate, heap, raw }
}

export async function mail(): Promise<readonly Figure[]> {
  const worker = new Worker(new URL('mail-server.ts', import.meta.url))
  const [port]: unknown[] = await once(worker, 'message')
  const { rate, heap, raw } = await drain(Number(port))
  const baseline = await bare(Number(port), raw)
  await worker.terminate()
  const [first = 0, ...later] = heap
  const growth = (later.at(-1) ?? first) - first
  return [
    {
      name: `mails sent from a queue of ${mails.toLocaleString('en')}`,
      value: rate,
      baseline,
      unit: '/s',
      bound: { ratio: 0.2 },
      against: 'nodemailer alone, the same bytes',
      limitedBy: 'one durable append a mail: few are under way at once, so few share an fsync',
    },
    {
      name: `growth of the heap over the last ${moments - 1} fifths of it, collected`,
      value: growth,
      baseline: first,
      unit: 'MB',
      bound: { most: 4 },
      against: `MB after the first; then ${later.map((size) => size.toFixed(1)).join(', ')}`,
      limitedBy: 'nothing is kept of a mail that is sent',
    },
  ]
}
