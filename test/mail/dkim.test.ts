// Signed mail: a receiving server that knows our key finds it whole, and finds out whoever has changed it.
import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { openCarrier } from '../../src/mail/carrier.ts'
import { judgeDkim } from './dkim.ts'
import { type MoodyServer, startMoodyServer } from './moody-server.ts'
import { notice, openPostOffice, type PostOffice } from './post-office.ts'

describe('a mail that is signed', () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const folder = mkdtempSync(join(tmpdir(), 'dkim-'))
  const keyFile = join(folder, 'key.pem')
  let server: MoodyServer
  let office: PostOffice
  before(async () => {
    server = await startMoodyServer()
    const env = { MAIL_DKIM_DOMAIN: 'shop.test', MAIL_DKIM_SELECTOR: 'autumn', MAIL_DKIM_KEY_FILE: keyFile }
    office = await openPostOffice(server, env)
  })
  after(async () => {
    await office.close()
    await server.close()
    rmSync(folder, { recursive: true })
  })
  const judged = (source: string) => judgeDkim(source, publicKey) ?? assert.fail('it bears no signature')

  it('is not sent unsigned: it waits until the key can be read', async () => {
    const { system } = office
    const carrier = openCarrier({ settings: system.config.mail, smtpUrl: server.url })
    const mailId = await office.queue('ok-1@far.test', { content: notice('Olá, ção  e  espaços ') })
    const queued = await system.mail.queuedOf(mailId)
    assert(queued)
    const written = await system.mail.writer.write(queued, 'ok-1@far.test')
    await assert.rejects(carrier.carry(written), { code: 'ENOENT' })
    assert.deepEqual(server.delivered, [])

    writeFileSync(keyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }))
    assert.equal((await carrier.carry(written)).kind, 'sent')
    carrier.close()
  })

  it('goes out by the queue like any other', async () => {
    office.start()
    await office.until(() => server.delivered.length === 2, 'the mail by the queue')
  })

  it('is found whole, in the name of the domain, and what a reader goes by is signed', () => {
    const { tags, bodyIsWhole, headersAreSigned } = judged(server.delivered[1]?.source ?? '')
    assert.deepEqual([bodyIsWhole, headersAreSigned], [true, true])
    assert.deepEqual([tags.get('d'), tags.get('s')], ['shop.test', 'autumn'])
    const covered = new Set(tags.get('h')?.toLowerCase().split(':'))
    const needed = [
      'from',
      'to',
      'subject',
      'date',
      'message-id',
      'content-type',
      'list-unsubscribe',
      'list-unsubscribe-post',
    ]
    assert.deepEqual(
      needed.filter((name) => !covered.has(name)),
      [],
    )
  })

  it('is found out when somebody has changed a word', () => {
    const source = server.delivered[1]?.source ?? ''
    assert.equal(judged(source.replace('That is all.', 'That is not all.')).bodyIsWhole, false)
    assert.equal(judged(source.replace(/^Subject: /m, 'Subject: Re: ')).headersAreSigned, false)
    assert.equal(judged(source.replace(/^From: .*$/m, 'From: thief@far.test')).headersAreSigned, false)
  })
})
