import assert from 'node:assert/strict'
import { test } from 'node:test'
import { verdictOf } from './verdict.ts'

const failure = (more: Record<string, unknown>) => Object.assign(new Error('it failed'), more)
const reply = (command: string, response: string) =>
  failure({ code: 'EENVELOPE', command, response, responseCode: Number(response.slice(0, 3)) })

for (const [what, error, kind, code] of [
  ['no such user', reply('RCPT TO', '550 5.1.1 no such user'), 'bounced', '5.1.1'],
  ['no such user, without an enhanced code', reply('RCPT TO', '550 no such user'), 'bounced', '550'],
  ['a mailbox that is disabled', reply('RCPT TO', '554 5.2.1 disabled'), 'bounced', '5.2.1'],
  ['a policy against us', reply('RCPT TO', '550 5.7.1 denied'), 'refused', '5.7.1'],
  ['greylisting', reply('RCPT TO', '451 4.7.1 later'), 'later', '4.7.1'],
  ['a mail that is not liked', reply('DATA', '554 5.6.0 spam'), 'refused', '5.6.0'],
  ['a user who is found missing late', reply('DATA', '550 5.1.1 no such user'), 'bounced', '5.1.1'],
  ['a full disk', reply('DATA', '452 4.3.1 full'), 'later', '4.3.1'],
  ['a sender that is refused', reply('MAIL FROM', '550 5.7.1 sender rejected'), 'unreachable', '5.7.1'],
  ['a mail that is too large', reply('MAIL FROM', '552 5.3.4 too big'), 'refused', '5.3.4'],
  ['a wrong password', reply('AUTH PLAIN', '535 5.7.8 wrong'), 'unreachable', '5.7.8'],
  ['a server that sends everybody away', reply('CONN', '421 4.3.2 closing'), 'unreachable', '4.3.2'],
  ['nobody there', failure({ code: 'ESOCKET', originalCode: 'ECONNREFUSED' }), 'unreachable', 'ECONNREFUSED'],
  ['no TLS', failure({ code: 'ETLS', command: 'STARTTLS' }), 'unreachable', 'ETLS'],
  [
    'a certificate that nobody vouches for',
    failure({ code: 'ESOCKET', originalCode: 'DEPTH_ZERO_SELF_SIGNED_CERT' }),
    'unreachable',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
  ],
  [
    'a certificate of another',
    failure({ code: 'ESOCKET', originalCode: 'ERR_TLS_CERT_ALTNAME_INVALID' }),
    'unreachable',
    'ERR_TLS_CERT_ALTNAME_INVALID',
  ],
  ['a name that is not known', failure({ code: 'EDNS' }), 'unreachable', 'EDNS'],
  ['a connection that broke', failure({ code: 'ECONNECTION', command: 'CONN' }), 'later', 'ECONNECTION'],
  ['silence', failure({ code: 'ETIMEDOUT', command: 'CONN' }), 'later', 'ETIMEDOUT'],
] as const)
  test(`${what}: ${kind}`, () => {
    const verdict = verdictOf(error)
    assert.deepEqual([verdict.kind, verdict.code], [kind, code])
  })
