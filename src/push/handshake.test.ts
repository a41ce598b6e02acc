// Which token a handshake brings, and whose page has made it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readHandshake } from './handshake.ts'

const read = (headers: Readonly<Record<string, string>>, publicUrl?: string) =>
  readHandshake((name) => headers[name] ?? '', publicUrl)
const cookie = 'theme=dark; caminho-access=from-cookie; x=y'

test('the header comes before the subprotocol, and that before the cookie', () => {
  const [authorization, protocol] = ['Bearer from-header', 'bearer.from-protocol']
  assert.equal(read({ authorization, 'sec-websocket-protocol': protocol, cookie }).token, 'from-header')
  assert.equal(read({ 'sec-websocket-protocol': protocol, cookie }).token, 'from-protocol')
  assert.equal(read({ cookie, host: 'a', origin: 'http://a' }).token, 'from-cookie')
  assert.equal(read({ cookie: 'caminho-access-not=x' }).token, undefined)
})

test('the answer does not repeat the token where another subprotocol was offered', () => {
  assert.equal(read({ 'sec-websocket-protocol': 'bearer.t, caminho' }).protocol, 'caminho')
  assert.equal(read({ 'sec-websocket-protocol': 'bearer.t' }).protocol, 'bearer.t')
  assert.equal(read({}).protocol, '')
})

test('a cookie counts only from a page of our own', () => {
  const from = (origin: string, publicUrl?: string) => read({ cookie, host: 'shop:3000', origin }, publicUrl).isForeign
  assert.deepEqual([from('http://shop:3000'), from('https://shop:3000')], [false, false])
  assert.deepEqual(
    [from('http://shop'), from('https://evil.example'), from('null'), from('')],
    [true, true, true, true],
  )
  assert.equal(from('https://caminho.example', 'https://caminho.example/'), false)
  assert.equal(from('http://caminho.example', 'https://caminho.example/'), true)
})

test('whoever brings a token needs no origin: no browser adds that by itself', () => {
  assert.equal(read({ authorization: 'Bearer t', cookie, host: 'a', origin: 'https://evil.example' }).isForeign, false)
})
