// How figures are written and read back.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fieldAmount, parseAmount } from './amount.ts'
import { formatFor } from './format.ts'

const pt = formatFor({ locale: 'pt-MZ' })
const en = formatFor({ locale: 'en' })
/** Intl writes spaces that do not break. */
const spaced = (written: string) => written.replace(/\s/g, ' ')

test('an amount is written as people in Mozambique write it, with the sign of the metical', () => {
  assert.equal(spaced(pt.money(123_450)), '1 234,50 MT')
  assert.equal(spaced(en.money(123_450)), 'MT 1,234.50')
  assert.equal(spaced(pt.money(-50)), '−0,50 MT')
  assert.equal(spaced(pt.amount(123_450)), '1 234,50')
})

test('a currency without minor unit is counted in whole units', () => {
  assert.equal(spaced(formatFor({ locale: 'en', currency: 'JPY' }).money(1_500)), 'JPY 1,500')
})

test('a quantity counts the smallest unit and is written in the product’s own', () => {
  assert.equal(pt.quantity(1_500, 3), '1,5')
  assert.equal(pt.quantity(64), '64')
  assert.equal(pt.change(-2), '−2')
  assert.equal(pt.change(3), '+3')
})

test('shares and tax rates are percentages', () => {
  assert.equal(pt.percent(0.1234), '12,3%')
  assert.equal(pt.percentChange(0.124), '+12%')
  assert.equal(pt.taxRate(1600), '16%')
})

test('a moment is told in the company’s time zone, a calendar day stays the day it is', () => {
  assert.equal(pt.dateTime('2026-11-24T23:30:00Z'), '25/11/2026, 01:30')
  assert.equal(pt.time('2026-11-24T23:30:00Z'), '01:30')
  assert.equal(pt.date('2026-11-24'), '24/11/2026')
  assert.equal(formatFor({ locale: 'en', timeZone: 'America/New_York' }).date('2026-11-24'), '24 Nov 2026')
})

test('the same options give the same formats, made once', () =>
  assert.equal(formatFor({ locale: 'en' }), formatFor({ locale: 'en', currency: 'MZN' })))

test('an amount is read however people type it', () => {
  for (const typed of ['1 234,50', '1.234,50', '1,234.50', '1234.5', '1234,50', '1 234.50'])
    assert.equal(parseAmount(typed), 123_450, typed)
  assert.equal(
    parseAmount('1.234'),
    123_400,
    'three digits after the point are thousands, where there are two decimals',
  )
  assert.equal(parseAmount('1.234', 3), 1_234, 'and decimals, where there are three')
  assert.equal(parseAmount('12', 0), 12)
  assert.equal(parseAmount('-5'), -500)
})

test('what is no amount is not read as one', () => {
  for (const typed of ['', 'abc', '12a', '1,2,3', '1.23.45', '--1', '1e5', '12,345,6', '48,5o', '99999999999999999'])
    assert.equal(parseAmount(typed), undefined, typed)
  assert.equal(parseAmount('1,5', 0), undefined, 'half a piece')
})

test('whatever is written is read back as it was, in both languages', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -1e12, max: 1e12 }),
      fc.integer({ min: 0, max: 3 }),
      fc.boolean(),
      (value, digits, comma) => {
        assert.equal(parseAmount(fieldAmount(value, digits, comma), digits), value)
      },
    ),
  )
  fc.assert(
    fc.property(fc.integer({ min: -1e12, max: 1e12 }), (minor) => {
      assert.equal(parseAmount(pt.amount(minor)), minor)
      assert.equal(parseAmount(en.amount(minor)), minor)
    }),
  )
})
