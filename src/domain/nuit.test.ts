import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isNuit, plainNuit } from './nuit.ts'

test("companies' published tax numbers are accepted", () => {
  for (const nuit of ['400339910', '400005834', '500171650', '700152855', '600000063', '400994579'])
    assert(isNuit(nuit), nuit)
})

test('any single mistyped digit is noticed', () => {
  for (const place of Array(9).keys())
    for (const digit of '0123456789') {
      const typed = `${'400339910'.slice(0, place)}${digit}${'400339910'.slice(place + 1)}`
      assert.equal(isNuit(typed), typed === '400339910', typed)
    }
})

test('what is too short, too long, not of digits, or starts with zero is refused', () => {
  for (const text of ['', '40033991', '4003399101', '40033991A', '000000000', '４00339910'])
    assert.equal(isNuit(text), false, text)
})

test('spaces, dots and dashes are not part of the number', () => assert.equal(plainNuit(' 400.339-910 '), '400339910'))
