// The messages: whole in both languages, and said with what they are given.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { catalogue, translator } from './index.ts'
import type { Message } from './message.ts'

const pt = translator('pt-MZ')
const en = translator('en')
const wordings = (given: Message['pt']) => (typeof given === 'string' ? [given] : [given.one, given.other])
const gaps = (given: Message['pt']) =>
  [...new Set(wordings(given).flatMap((text) => text.match(/\{\w+\}/g) ?? []))].sort()

test('a message is said in the reader’s language', () => {
  assert.equal(pt('till.total'), 'Total')
  assert.equal(pt('nav.settings'), 'Definições')
  assert.equal(en('nav.settings'), 'Settings')
})

test('its gaps are filled, numbers as the language writes them', () => {
  assert.equal(en('people.deactivate-confirm', { name: 'Ana' }).startsWith('Deactivate Ana?'), true)
  assert.equal(en('till.lines', { count: 1200 }), '1,200 items')
})

test('one thing and several are told apart, and none counts as several', () => {
  assert.equal(pt('till.lines', { count: 1 }), '1 artigo')
  assert.equal(pt('till.lines', { count: 2 }), '2 artigos')
  assert.equal(pt('till.lines', { count: 0 }), '0 artigos')
})

test('a missing or misspelt parameter, or key, does not pass the type check', () => {
  // @ts-expect-error the name is missing
  assert.match(pt('people.deactivate-confirm'), /\{name\}/)
  // @ts-expect-error it is called `name`
  assert.match(pt('people.deactivate-confirm', { nome: 'Ana' }), /\{name\}/)
  // @ts-expect-error there is no such key
  assert.throws(() => pt('till.totl'))
})

test('both languages of a message say something, with the same gaps', () => {
  for (const [key, message] of Object.entries<Message>(catalogue)) {
    for (const text of [...wordings(message.pt), ...wordings(message.en)]) assert.notEqual(text.trim(), '', key)
    assert.deepEqual(gaps(message.pt), gaps(message.en), key)
  }
})

test('Portuguese keeps the spelling in use in Mozambique', () => {
  const reformed =
    /\b(ação|ações|ativo|ativa|atual\w*|fatura\w*|direto|correto|objeto|seleciona\w*|receção|usuário|celular|senha)\b/i
  for (const [key, { pt: wording }] of Object.entries<Message>(catalogue))
    for (const text of wordings(wording)) assert.doesNotMatch(text, reformed, key)
})
