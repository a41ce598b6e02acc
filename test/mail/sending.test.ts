// Mail to a real SMTP server that refuses, defers, bounces, stalls, breaks off and lies: every mail comes to its right end, none is lost.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { alerts } from '../../projections/alerts.ts'
import { suppressions } from '../../projections/suppressions.ts'
import { releaseAddress, retryMail } from '../../src/commands/mail.ts'
import { type MoodyServer, startMoodyServer } from './moody-server.ts'
import { notice, openPostOffice, type PostOffice } from './post-office.ts'

describe('a mail to a server', () => {
  let server: MoodyServer
  let office: PostOffice
  before(async () => {
    server = await startMoodyServer()
    office = await openPostOffice(server, { MAIL_BOUNCE_DOMAIN: 'bounces.shop.test', MAIL_PER_RECIPIENT_HOUR: '5' })
    office.start()
  })
  after(async () => {
    await office.close()
    await server.close()
  })
  const takenBy = (address: string) => server.delivered.filter(({ to }) => to === address)

  it('that takes it is sent, once, with all that mail programs want', async () => {
    const mailId = await office.queue('ok-1@far.test', { content: notice('Olá, ção') })
    await office.settled(mailId, 'sent')
    const [taken, ...others] = takenBy('ok-1@far.test')
    assert.deepEqual(others, [])
    assert.equal(taken?.messageId, `<${mailId}@shop.test>`)
    assert.match(taken?.from ?? '', /^b-[\da-f]{32}-[\da-f]{12}@bounces\.shop\.test$/)
    const mail = await server.read(taken)
    assert.equal(mail.subject, 'Olá, ção')
    assert.match(mail.text ?? '', /That is all\./)
    assert.match(String(mail.html), /That is all\./)
    assert.equal(mail.headers.get('auto-submitted'), 'auto-generated')
    assert.match(taken?.source ?? '', /^List-Unsubscribe-Post: List-Unsubscribe=One-Click/m)
  })

  for (const [mood, state, code] of [
    ['bounce', 'bounced', '5.1.1'],
    ['policy', 'failed', '5.7.1'],
    ['refuse', 'failed', '5.6.0'],
  ] as const)
    it(`that says ${mood} comes to its end at once: ${state}`, async () => {
      const mailId = await office.queue(`${mood}-1@far.test`)
      await office.settled(mailId, state)
      assert.equal((await office.stateOf(mailId))?.code, code)
      assert.equal(server.attempts.get(`${mood}-1@far.test`), 1)
    })

  for (const [mood, code] of [
    ['defer', '4.7.1'],
    ['defer-data', '4.2.2'],
    ['drop', ''],
    ['stall', 'ETIMEDOUT'],
    ['lie', ''],
  ] as const)
    it(`that says ${mood} is put off, and not tried again before its time`, async () => {
      const address = `${mood}-9@far.test`
      const mailId = await office.queue(address)
      await office.settled(mailId, 'waiting', 1)
      const put = await office.stateOf(mailId)
      if (code !== '') assert.equal(put?.code, code)
      const wait = Date.parse(put?.dueAt ?? '') - office.system.now().getTime()
      assert(wait > 20_000 && wait <= 60_000, `tried again after ${wait} ms`)
      assert.equal(server.attempts.get(address), 1, 'not tried again before')
    })

  it('is not lost and not sent twice, unless the answer was lost, and then recognisably', async () => {
    server.calm()
    await office.travel(61_000)
    for (const mood of ['defer', 'defer-data', 'drop', 'stall', 'lie']) {
      const address = `${mood}-9@far.test`
      await office.until(() => server.attempts.get(address) === 2, `the second attempt of ${mood}`)
      await office.until(() => takenBy(address).length === (mood === 'lie' ? 2 : 1), `the mail of ${mood}`)
    }
    const twice = takenBy('lie-9@far.test').map(({ messageId }) => messageId)
    assert.equal(new Set(twice).size, 1)
  })

  it('to an address that bounced is not sent until the address is released, and then on request', async () => {
    const mailId = await office.queue('bounce-1@far.test')
    await office.settled(mailId, 'suppressed')
    assert.deepEqual(await office.storyOf(mailId), ['MailQueued', 'MailSuppressed'])
    const found = await office.system.models.find(suppressions)
    const [entry] = found.items
    assert.equal(entry?.document.because, 'bounced')
    await releaseAddress(office.system, entry?.id ?? '', office.system.self('tests'))
    await retryMail(office.system, mailId, office.system.self('tests'))
    await office.settled(mailId, 'sent')
  })

  it('is sent to nobody more often than their limit; the pressing ones are not held back by it', async () => {
    const ordinary = []
    for (let at = 0; at < 7; at += 1) ordinary.push(await office.queue('ok-7@slow.test'))
    await office.until(() => takenBy('ok-7@slow.test').length === 5, 'five mails')
    const pressing = await office.queue('ok-7@slow.test', { priority: 'high' })
    await office.settled(pressing, 'sent')
    const states = await Promise.all(ordinary.map(async (id) => (await office.stateOf(id))?.state))
    assert.equal(states.filter((state) => state === 'waiting').length, 2)
  })

  it('says nothing that a product or a person made it say: no script, no header', async () => {
    const evil = '<script>alert(1)</script>"><img src=x onerror=alert(2)> [[text]]'
    const low = {
      kind: 'low-stock',
      productId: 'p',
      product: evil,
      unit: 'un',
      decimals: 0,
      locationId: 'l',
      location: evil,
      onHand: 1,
      reorderPoint: 2,
    } as const
    await office.settled(
      await office.queue('ok-2@far.test', { content: { kind: 'low-stock', items: [low], more: 0 } }),
      'sent',
    )
    const html = String((await server.read(takenBy('ok-2@far.test')[0])).html)
    assert.doesNotMatch(html, /<script|<img src=x/)
    assert.match(html, /&lt;script&gt;alert\(1\)&lt;\/script&gt;/)
    assert.match(html, /\[\[text\]\]/, 'what looks like a gap stays what it is')

    await office.settled(await office.queue('ok-3@far.test', { content: notice('Hello\r\nBcc: all@far.test') }), 'sent')
    const forged = await server.read(takenBy('ok-3@far.test')[0])
    assert.equal(forged.bcc, undefined)
    assert.equal(forged.headers.has('bcc'), false)
  })

  it('is sent no second time by a read model that is built anew', async () => {
    const before = server.delivered.length
    const { system } = office
    const generation = async () =>
      (await system.models.checkpoints()).find(({ name, live }) => name === 'mails' && live)?.generation ?? 0
    const old = await generation()
    system.rebuild('mails')
    await office.until(async () => (await generation()) > old, 'the new read model')
    await office.settled(await office.queue('ok-4@far.test'), 'sent')
    assert.equal(server.delivered.length, before + 1)
  })
})

describe('a server that is away', () => {
  it('costs no mail an attempt, is told to those who administer, and gets everything when it is back', async (t) => {
    const first = await startMoodyServer()
    await first.close()
    const office = await openPostOffice(first)
    t.after(() => office.close())
    office.start()
    const mailIds = []
    for (let at = 1; at <= 5; at += 1) mailIds.push(await office.queue(`ok-${at}@far.test`))
    const raised = async (status: string) =>
      (await office.system.models.find(alerts, { where: { status } })).items.some(
        ({ document }) => document.kind === 'mail-unreachable',
      )
    await office.until(() => raised('open'), 'the alert')
    for (const mailId of mailIds) assert.deepEqual(await office.storyOf(mailId), ['MailQueued'])

    await office.stop()
    const back = await startMoodyServer({ port: first.port })
    t.after(() => back.close())
    office.start()
    for (const mailId of mailIds) await office.settled(mailId, 'sent')
    await office.until(() => raised('resolved'), 'the end of the alert')
    assert.equal(back.delivered.length, 5)
  })
})

describe('an allow-list', () => {
  it('lets mail through to what it names, and to nothing else', async (t) => {
    const server = await startMoodyServer()
    t.after(() => server.close())
    const office = await openPostOffice(server, { MAIL_ALLOW: '@ours.test, ok-5@far.test' })
    t.after(() => office.close())
    office.start()
    const [ours, named, other] = [
      await office.queue('ok-1@ours.test'),
      await office.queue('ok-5@far.test'),
      await office.queue('ok-6@far.test'),
    ]
    await office.settled(ours, 'sent')
    await office.settled(named, 'sent')
    await office.settled(other, 'suppressed')
  })
})
