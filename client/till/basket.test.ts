// The basket's rules, in the words of those who sell.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addProduct, changeLine, emptyBasket, lineOf, type Product, step, totalsOf } from './basket.ts'

const rice: Product = {
  id: 'rice',
  sku: 'ARZ-25',
  barcode: null,
  name: 'Arroz 25 kg',
  unit: 'un',
  decimals: 0,
  price: 11_600,
  taxRate: 1600,
  onHand: 10,
}
const tomatoes: Product = { ...rice, id: 'tomatoes', name: 'Tomate', unit: 'kg', decimals: 3, price: 8_000 }
const empty = emptyBasket('key')

test('the same product again is one more on its line', () => {
  const basket = addProduct(addProduct(empty, rice), rice)
  assert.equal(basket.lines.length, 1)
  assert.equal(lineOf(basket, 'rice')?.quantity, 2)
})

test('what is weighed comes by the whole unit, and its quantity can be any part of it', () => {
  const basket = changeLine(addProduct(empty, tomatoes), 'tomatoes', { quantity: 1_255 })
  assert.equal(totalsOf(basket).total, 10_040)
  assert.equal(lineOf(step(basket, 'tomatoes', 1), 'tomatoes')?.quantity, 2_255)
})

test('one less of the last one takes the line away', () => {
  assert.deepEqual(step(addProduct(empty, rice), 'rice', -1).lines, [])
})

test('a discount never takes more than the line comes to', () => {
  const basket = changeLine(addProduct(empty, rice), 'rice', { discount: 20_000 })
  assert.deepEqual(totalsOf(basket), { gross: 11_600, discount: 11_600, total: 0, tax: 0 })
})
