// The server killed in the midst of sending, again and again: every mail is accounted for, and what was sent twice can be recognised.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openSystem } from '../../src/system.ts'
import { startServer } from '../live/server.ts'
import { fullQueue } from '../mail/full-queue.ts'
import { startMoodyServer } from '../mail/moody-server.ts'

const mails = 300
const kills = 2
const connections = 4

const reached = async (count: number, delivered: readonly unknown[]): Promise<void> => {
  const end = Date.now() + 60_000
  while (delivered.length < count) {
    assert(Date.now() < end, `${count} mails did not come, only ${delivered.length}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

test(`killed ${kills} times while it sends ${mails} mails, the server sends every one, and records each once`, async (t) => {
  const queue = await fullQueue(mails, 40)
  t.after(queue.destroy)
  const smtp = await startMoodyServer({ keepSource: false })
  t.after(() => smtp.close())
  const env = {
    SMTP_URL: smtp.url,
    MAIL_TLS: 'none',
    MAIL_CONNECTIONS: String(connections),
    MAIL_FROM: 'shop@shop.test',
  }

  for (let kill = 1; kill <= kills; kill += 1) {
    const server = await startServer(queue.folder, { env })
    await reached((mails * kill) / (kills + 1), smtp.delivered)
    await server.kill()
  }
  const server = await startServer(queue.folder, { env })
  const messages = () => new Set(smtp.delivered.map(({ messageId }) => messageId))
  const end = Date.now() + 60_000
  while (messages().size < mails) {
    assert(Date.now() < end, `only ${messages().size} of ${mails} mails were sent`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  await server.stop()

  const twice = smtp.delivered.length - mails
  t.diagnostic(
    `${smtp.delivered.length} deliveries of ${mails} mails: the answer to ${twice} was lost with the process`,
  )
  assert.equal(messages().size, mails, 'each under its own Message-ID, also where it came twice')
  assert(twice <= kills * connections * 2, 'no more than were under way')

  const system = await openSystem({ config: queue.config })
  t.after(() => system.close())
  for (const mailId of queue.mailIds) {
    const story = (await system.mail.storyOf(mailId)).map(({ type }) => type)
    assert.deepEqual(story, ['MailQueued', 'MailSent'])
  }
})
