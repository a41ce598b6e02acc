import { test } from 'node:test'
import { given } from '../../../test/specification/decider.ts'
import { event } from '../../kernel/event.ts'
import type { MailEvents, SuppressionEvents } from './events.ts'
import { mail } from './mail.ts'
import { suppression } from './suppression.ts'

const at = '2026-03-02T08:00:00.000Z'
const later = '2026-03-02T08:01:00.000Z'
const to = { mailId: 'mail-1', recipientId: 'ana' }
const fact = <K extends keyof MailEvents & string>(type: K, data: MailEvents[K]) => event(type, data)

const queued = fact('MailQueued', {
  ...to,
  address: 'ana@loja.co.mz',
  recipientKey: 'key-of-ana',
  domainKey: 'key-of-loja',
  locale: 'pt-MZ',
  priority: 'normal',
  content: { kind: 'welcome', linkId: 'link-1' },
  notBefore: at,
  at,
})
const said = { code: '4.7.1', reply: '451 4.7.1 later' }
const deferred = (attempt: number) => fact('MailDeferred', { ...to, attempt, ...said, until: later, at })
const sent = (attempt = 1) => fact('MailSent', { ...to, attempt, messageId: '<m@x>', code: '2.0.0', reply: '250', at })
const bounced = fact('MailBounced', { ...to, source: 'report', code: '5.1.1', reply: null, at })
const failed = fact('MailFailed', { ...to, because: 'exhausted', ...said, at })
const suppressed = fact('MailSuppressed', { ...to, because: 'bounced', at })
const kept = fact('MailKept', { ...to, at })
const retried = fact('MailRetried', { ...to, at })

const { recipientId: _, attempt: _attempt, ...sending } = sent().data
const { attempt: _deferral, recipientId: _recipient, ...deferring } = deferred(1).data
const bouncing = { mailId: 'mail-1', source: 'report', code: '5.1.1', reply: null, at } as const

test('a mail is queued once, however often it is asked for', () => {
  given(mail).when('QueueMail', queued.data).then([queued])
  given(mail, [queued]).when('QueueMail', queued.data).thenNothing()
})

test('attempts are counted until it is sent, and from the beginning when it is retried', () => {
  given(mail, [queued])
    .when('DeferMail', deferring)
    .then([deferred(1)])
  given(mail, [queued, deferred(1)])
    .when('DeferMail', deferring)
    .then([deferred(2)])
  given(mail, [queued, deferred(1), deferred(2)])
    .when('RecordSent', sending)
    .then([sent(3)])
  given(mail, [queued, deferred(1), failed, retried])
    .when('RecordSent', sending)
    .then([sent(1)])
})

test('what a sender says of a mail that has come to its end is late, and changes nothing', () => {
  for (const end of [sent(), kept, failed, suppressed, bounced]) {
    given(mail, [queued, end]).when('RecordSent', sending).thenNothing()
    given(mail, [queued, end]).when('DeferMail', deferring).thenNothing()
    given(mail, [queued, end]).when('KeepMail', { mailId: 'mail-1', at }).thenNothing()
    given(mail, [queued, end]).when('SuppressMail', { mailId: 'mail-1', because: 'erased', at }).thenNothing()
  }
})

test('a mail bounces at once or after it was sent, and only once', () => {
  given(mail, [queued]).when('RecordBounce', bouncing).then([bounced])
  given(mail, [queued, sent()]).when('RecordBounce', bouncing).then([bounced])
  given(mail, [queued, sent(), bounced]).when('RecordBounce', bouncing).thenNothing()
  given(mail, [queued, kept]).when('RecordBounce', bouncing).thenNothing()
})

test('a mail is tried again on request, unless it was sent', () => {
  for (const before of [[deferred(1)], [failed], [suppressed], [kept], [bounced]])
    given(mail, [queued, ...before])
      .when('RetryMail', { mailId: 'mail-1', at })
      .then([retried])
  given(mail, [queued, sent()])
    .when('RetryMail', { mailId: 'mail-1', at })
    .thenRejected('already-sent', { mailId: 'mail-1' })
})

test('a mail that was never queued is refused', () => {
  given(mail).when('RecordSent', sending).thenRejected('unknown-mail', { mailId: 'mail-1' })
  given(mail).when('RetryMail', { mailId: 'mail-1', at }).thenRejected('unknown-mail', { mailId: 'mail-1' })
})

test('an address is suppressed once, and released once', () => {
  const entry: SuppressionEvents['AddressSuppressed'] = {
    recipientKey: 'key-of-ana',
    recipientId: 'ana',
    address: 'ana@loja.co.mz',
    because: 'bounced',
    mailId: 'mail-1',
    at,
  }
  const listed = event('AddressSuppressed', entry)
  const released = event('AddressReleased', { recipientKey: 'key-of-ana', recipientId: 'ana', at })
  given(suppression).when('SuppressAddress', entry).then([listed])
  given(suppression, [listed])
    .when('SuppressAddress', { ...entry, because: 'complaint' })
    .thenNothing()
  given(suppression, [listed]).when('ReleaseAddress', { recipientKey: 'key-of-ana', at }).then([released])
  given(suppression, [listed, released]).when('ReleaseAddress', { recipientKey: 'key-of-ana', at }).thenNothing()
  given(suppression, [listed, released]).when('SuppressAddress', entry).then([listed])
})
