// Mail over TLS: by smtps and by STARTTLS, to a server that is the one it says; where TLS is required nothing goes without.
import assert from 'node:assert/strict'
import { after, before, describe, it, type TestContext } from 'node:test'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { openMail } from '../../src/mail/index.ts'
import { type MoodyOptions, startMoodyServer } from './moody-server.ts'
import { openPostOffice, type PostOffice } from './post-office.ts'
import { type Certificate, selfSigned, whyNoOpenssl } from './self-signed.ts'

const skip = whyNoOpenssl() ?? false

describe('a mail over TLS', { skip }, () => {
  let [known, stranger]: Certificate[] = []
  let office: PostOffice
  before(async () => {
    ;[known, stranger] = [selfSigned(), selfSigned()]
    setDefaultCACertificates([...getCACertificates('default'), known.cert])
    office = await openPostOffice({ url: 'smtp://127.0.0.1:1' })
  })
  after(() => office.close())

  const speaking = (certificate: Certificate | undefined, when: 'smtps' | 'starttls') => ({
    when,
    ...(certificate ?? assert.fail()),
  })

  /** Queues a mail, and sends what waits to a server of that kind until the test is over. */
  async function send(t: TestContext, { tls, required = true }: Pick<MoodyOptions, 'tls'> & { required?: boolean }) {
    const server = await startMoodyServer(tls ? { tls } : {})
    t.after(() => server.close())
    const mailId = await office.queue('ok-1@far.test')
    const { system } = office
    const settings = { smtpUrl: server.url, tls: required ? 'required' : 'opportunistic' } as const
    const config = { ...system.config, mail: { ...system.config.mail, ...settings } }
    const room = openMail({ ...system, config, desk: system })
    const stopping = new AbortController()
    const running = room.run(stopping.signal)
    t.after(async () => {
      stopping.abort()
      await running
    })
    const refused = () => office.until(() => room.stats().delivered.unreachable !== undefined, 'the refusal')
    const isPrivate = () => server.delivered.find(({ messageId }) => messageId.includes(mailId))?.isPrivate
    return { server, mailId, refused, isPrivate }
  }

  for (const when of ['smtps', 'starttls'] as const) {
    it(`by ${when} is not sent to a server that cannot prove who it is, nor is that counted as an attempt`, async (t) => {
      const { server, mailId, refused } = await send(t, { tls: speaking(stranger, when) })
      await refused()
      assert.deepEqual([server.delivered.length, await office.storyOf(mailId)], [0, ['MailQueued']])
    })

    it(`by ${when} is sent, and nobody on the way reads it`, async (t) => {
      const { mailId, isPrivate } = await send(t, { tls: speaking(known, when) })
      await office.settled(mailId, 'sent')
      assert.equal(isPrivate(), true)
    })
  }

  it('is not sent without, where that is required and the server refuses STARTTLS', async (t) => {
    const { server, mailId, refused } = await send(t, {})
    await refused()
    assert.deepEqual([server.delivered.length, await office.storyOf(mailId)], [0, ['MailQueued']])
  })

  for (const [name, when] of [
    ['without TLS', undefined],
    ['with STARTTLS', 'starttls'],
  ] as const)
    it(`is sent as private as a server ${name} allows, where that was said to be enough`, async (t) => {
      const { mailId, isPrivate } = await send(t, { ...(when && { tls: speaking(known, when) }), required: false })
      await office.settled(mailId, 'sent')
      assert.equal(isPrivate(), when === 'starttls')
    })
})
