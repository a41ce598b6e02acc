// The witness outside gets the seals by e-mail, from a real server: each once, with a file that verifies.
import assert from 'node:assert/strict'
import { verify } from 'node:crypto'
import { after, before, it } from 'node:test'
import { canonicalJson } from '../../src/audit/canonical.ts'
import { auditJobs, openAudit, publicKeyFrom } from '../../src/audit/index.ts'
import { type MoodyServer, startMoodyServer } from './moody-server.ts'
import { openPostOffice, type PostOffice } from './post-office.ts'

const witness = 'ok-1@witness.test'
let server: MoodyServer
let office: PostOffice
before(async () => {
  server = await startMoodyServer()
  office = await openPostOffice(server, { SEAL_WITNESS_EMAIL: witness, SEAL_WITNESS_EMAIL_LOCALE: 'en' })
  office.start()
})
after(async () => {
  await office.close()
  await server.close()
})

const told = () => server.delivered.filter(({ to }) => to === witness)
const mailTheSeal = async () => {
  const [job] = auditJobs(office.system)
  assert.ok(job)
  await job.run(new Date(), AbortSignal.timeout(10_000))
}

it('the last seal, signed, with a file to keep', async () => {
  await mailTheSeal()
  assert.deepEqual(told(), [], 'without a seal there is nothing to tell')
  const sealed = await openAudit(office.system).sealNow()
  await mailTheSeal()
  await office.until(() => told().length === 1, 'the mail to the witness')
  const mail = await server.read(told()[0])
  assert.match(mail.subject ?? '', new RegExp(`Seal of the log of .+: ${sealed?.size} events`))
  assert.ok(mail.text?.includes(sealed?.root ?? '-'))
  assert.match(mail.text ?? '', /has chosen you as the witness of its log/)
  assert.equal(mail.headers.get('list-unsubscribe'), undefined)
  const [file] = mail.attachments
  assert.equal(file?.filename, `seal-${sealed?.size}.ndjson`)
  const { signature, ...testimony } = JSON.parse(file?.content.toString() ?? '')
  assert.deepEqual({ size: testimony.size, root: testimony.root }, sealed)
  const key = publicKeyFrom(testimony.publicKey)
  assert.ok(verify(null, Buffer.from(canonicalJson(testimony)), key, Buffer.from(signature, 'base64')))
})

it('no seal twice, and each new one at the next time', async () => {
  await mailTheSeal()
  await office.personAt('ok-2@far.test')
  await openAudit(office.system).sealNow()
  await mailTheSeal()
  await mailTheSeal()
  await office.until(() => told().length === 2, 'the second mail')
  assert.notEqual(told()[0]?.messageId, told()[1]?.messageId)
})

it('in the outbox it goes to the witness, who is nobody with an account', async () => {
  const { text } = await office.shop.fresh('/mail')
  assert.match(text, /Testemunha/)
})
