// Products as a CSV file: what is written is read back, and mistakes are told by their line.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Product } from '../../projections/products.ts'
import { readProducts, writeProducts } from './products-csv.ts'

const rice: Product = {
  productId: 'p1',
  sku: 'ARZ-25',
  name: '=Arroz "agulha", 25 kg',
  nameKey: 'arroz',
  category: 'Mercearia',
  unit: 'kg',
  decimals: 3,
  barcode: '6001234567890',
  price: 1_160_050,
  cost: 800_000,
  taxRate: 1600,
  reorderPoint: 2_500,
  photoId: null,
  discontinued: false,
  registeredAt: '',
  changedAt: '',
}

test('what is exported can be imported, whatever is in the names', () => {
  const { rows, problems } = readProducts(writeProducts([rice]))
  assert.deepEqual(problems, [])
  const { sku, name, category, unit, decimals, barcode, price, cost, taxRate, reorderPoint } = rice
  const read = { line: 2, sku, name, category, unit, decimals, barcode, price, cost, taxRate, reorderPoint }
  assert.deepEqual(rows, [read])
})

test('a Portuguese spreadsheet, with semicolons, commas and its own headings, is understood', () => {
  const { rows, problems } = readProducts('Código;Nome;Preço;IVA;Quantidade\nPAO;Pão;12,50;0 %;40\n')
  assert.deepEqual(problems, [])
  assert.deepEqual([rows[0]?.price, rows[0]?.taxRate, rows[0]?.stock, rows[0]?.category], [1_250, 0, 40, 'Geral'])
})

test('each mistake is told with its line and field', () => {
  const file = 'sku,name,price\nA,,10\nB,Bread,ten\nC,Corn,3\n\nc,Corn again,3\n'
  const { rows, problems } = readProducts(file)
  assert.deepEqual(
    problems.map(({ line, field }) => [line, field]),
    [
      [2, 'name'],
      [3, 'price'],
      [6, 'sku'],
    ],
  )
  assert.equal(rows[0]?.sku, 'C')
})

test('a file without the columns that it needs is refused as a whole', () => {
  for (const file of ['', 'name\nBread\n', 'sku,name,price\n"unclosed']) {
    const { rows, problems } = readProducts(file)
    assert.deepEqual([rows.length, problems.length], [0, 1], file)
  }
})
