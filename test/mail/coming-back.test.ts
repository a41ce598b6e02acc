// Mails that come back: by a report to their own return path, or by a provider's signed word. Nobody else can say that a mail has bounced.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { createTransport } from 'nodemailer'
import { mails } from '../../projections/mails.ts'
import { suppressions } from '../../projections/suppressions.ts'
import { returnPathOf } from '../../src/mail/addresses.ts'
import { type BounceServer, startBounceServer } from '../../src/mail/bounces/server.ts'
import { webhookSignature } from '../../src/mail/bounces/webhook.ts'
import { type MoodyServer, startMoodyServer } from './moody-server.ts'
import { openPostOffice, type PostOffice } from './post-office.ts'

const secret = 'a secret of the provider'

const delivery = (action: string, status: string) => `Reporting-MTA: dns; mx.far.test

Final-Recipient: rfc822; somebody@far.test
Action: ${action}
Status: ${status}
Diagnostic-Code: smtp; 550 ${status} the mailbox
  does not exist
`

describe('a mail that a server had taken', () => {
  let server: MoodyServer
  let office: PostOffice
  let port: BounceServer
  before(async () => {
    server = await startMoodyServer({ keepSource: false })
    office = await openPostOffice(server, { MAIL_BOUNCE_DOMAIN: 'bounces.test', MAIL_WEBHOOK_SECRET: secret })
    office.start()
    const { system } = office
    const context = () => system.self('mail')
    const { links, log } = system
    port = await startBounceServer({ ...system.mail.bounces, host: '127.0.0.1', port: 0, links, log, context })
  })
  after(async () => {
    await port.close()
    await office.close()
    await server.close()
  })

  const sent = async (address: string): Promise<string> => {
    const mailId = await office.queue(address)
    await office.settled(mailId, 'sent')
    return mailId
  }
  const pathOf = (mailId: string) => returnPathOf(office.system.links, mailId, office.system.config.mail)

  /** Sends a report as a mail server does, from nobody. */
  async function report(to: string, parts: readonly { type: string; content: string }[]): Promise<unknown> {
    const transport = createTransport({ host: '127.0.0.1', port: port.port, ignoreTLS: true })
    const attachments = parts.map(({ type, content }) => ({ contentType: type, content, filename: false as const }))
    const raw = { from: 'MAILER-DAEMON@mx.far.test', to, subject: 'Undelivered', text: 'It came back.', attachments }
    return transport.sendMail({ ...raw, envelope: { from: '', to } }).catch((error: unknown) => error)
  }
  const status = (action: string, code: string) => [
    { type: 'message/delivery-status', content: delivery(action, code) },
  ]
  const isSuppressed = async (mailId: string) => {
    const key = (await office.system.models.get(mails, mailId))?.document.recipientKey ?? ''
    assert(await office.system.progress.waitFor(await office.system.store.head(), 5_000))
    return (await office.system.models.get(suppressions, key))?.document.because
  }

  it('comes back to its own address: it has bounced, and its address gets no more', async () => {
    const mailId = await sent('ok-1@far.test')
    await report(pathOf(mailId), status('failed', '5.1.1'))
    await office.settled(mailId, 'bounced')
    assert.deepEqual(await office.storyOf(mailId), ['MailQueued', 'MailSent 2.0.0', 'MailBounced 5.1.1'])
    assert.equal(await isSuppressed(mailId), 'bounced')
    await report(pathOf(mailId).toUpperCase(), status('failed', '5.1.1'))
    assert.equal((await office.storyOf(mailId)).length, 3, 'the same report again changes nothing')
  })

  it('is only late: nothing is recorded', async () => {
    const mailId = await sent('ok-2@far.test')
    await report(pathOf(mailId), status('delayed', '4.4.1'))
    assert.equal((await office.storyOf(mailId)).length, 2)
  })

  it('is not taken for what it says: it has bounced, but the address is not to blame', async () => {
    const mailId = await sent('ok-3@far.test')
    await report(pathOf(mailId), status('failed', '5.7.1'))
    await office.settled(mailId, 'bounced')
    assert.equal(await isSuppressed(mailId), undefined)
  })

  it('is complained about: its reader gets no more', async () => {
    const mailId = await sent('ok-4@far.test')
    await report(pathOf(mailId), [{ type: 'message/feedback-report', content: 'Feedback-Type: abuse\nVersion: 1\n' }])
    await office.settled(mailId, 'bounced')
    assert.equal(await isSuppressed(mailId), 'complaint')
  })

  it('is answered by a holiday notice: nothing is recorded', async () => {
    const mailId = await sent('ok-5@far.test')
    await report(pathOf(mailId), [])
    assert.equal((await office.storyOf(mailId)).length, 2)
  })

  it('cannot be said to have bounced by who does not know its return path', async () => {
    const mailId = await sent('ok-6@far.test')
    const forged = pathOf(mailId).replace(/-([\da-f]{12})@/, '-000000000000@')
    assert.equal(((await report(forged, status('failed', '5.1.1'))) as { responseCode?: number }).responseCode, 550)
    assert.equal(((await report('anybody@bounces.test', [])) as { responseCode?: number }).responseCode, 550)
    assert.equal((await office.storyOf(mailId)).length, 2)
  })

  const post = (body: string, signature: string | undefined) =>
    office.shop.call('POST', '/api/emails/bounces', {
      raw: body,
      headers: { 'content-type': 'application/json', ...(signature && { 'caminho-signature': signature }) },
    })

  it('is reported by the provider, with a signature over the time and the body', async () => {
    const mailId = await sent('ok-7@far.test')
    const body = JSON.stringify({ messageId: `<${mailId}@shop.test>`, type: 'bounce', code: '5.1.1', detail: 'gone' })
    const now = Math.floor(Date.now() / 1000)
    const good = webhookSignature(secret, now, body)
    assert.equal((await post(body, undefined)).status, 401)
    assert.equal((await post(body, webhookSignature('another secret of somebody', now, body))).status, 401)
    assert.equal((await post(body, webhookSignature(secret, now - 3_600, body))).status, 401, 'an old one')
    assert.equal((await post(`${body} `, good)).status, 401, 'another body')
    assert.equal((await post(body, good)).status, 204)
    await office.settled(mailId, 'bounced')
    assert.equal(await isSuppressed(mailId), 'bounced')
    const unknown = JSON.stringify({ messageId: '<00000000-0000-7000-8000-000000000000@shop.test>', type: 'bounce' })
    assert.equal((await post(unknown, webhookSignature(secret, now, unknown))).status, 404)
    assert.equal((await post('{', webhookSignature(secret, now, '{'))).status, 400)
  })
})
