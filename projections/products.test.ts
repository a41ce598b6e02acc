import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fact, product } from '../test/specification/facts.ts'
import { project } from '../test/specification/projection.ts'
import { products } from './products.ts'

const at = '2026-02-01T09:00:00.000Z'

test('a product is shown as it was registered, sorted without accents and capitals', () =>
  project(products, [product()]).equals({
    rice: {
      productId: 'rice',
      sku: 'ARZ-01',
      name: 'Arroz Água Doce',
      nameKey: 'arroz agua doce',
      category: 'Mercearia',
      unit: 'saco',
      barcode: '5601234567890',
      decimals: 0,
      price: 116_00,
      cost: 80_00,
      taxRate: 1600,
      reorderPoint: 5,
      photoId: null,
      discontinued: false,
      registeredAt: '2026-01-05T08:00:00.000Z',
      changedAt: '2026-01-05T08:00:00.000Z',
    },
  }))

test('each change is seen in the product', () => {
  const { documents } = project(products, [
    product(),
    fact('ProductDetailsChanged', {
      productId: 'rice',
      name: 'Óleo',
      category: 'Óleos',
      unit: 'litro',
      barcode: null,
      at,
    }),
    fact('PriceChanged', { productId: 'rice', price: 120_00, previous: 116_00, at }),
    fact('CostChanged', { productId: 'rice', cost: 81_00, previous: 80_00, at }),
    fact('TaxRateChanged', { productId: 'rice', taxRate: 0, previous: 1600, at }),
    fact('ReorderPointChanged', { productId: 'rice', reorderPoint: 8, previous: 5, at }),
    fact('ProductPhotoChanged', { productId: 'rice', photoId: 'photo-1', at }),
  ])
  const { nameKey, category, barcode, price, cost, taxRate, reorderPoint, photoId, changedAt } = documents.rice ?? {}
  assert.deepEqual(
    { nameKey, category, barcode, price, cost, taxRate, reorderPoint, photoId, changedAt },
    {
      nameKey: 'oleo',
      category: 'Óleos',
      barcode: null,
      price: 120_00,
      cost: 81_00,
      taxRate: 0,
      reorderPoint: 8,
      photoId: 'photo-1',
      changedAt: at,
    },
  )
})

test('a discontinued product can be reinstated', () => {
  const discontinued = [product(), fact('ProductDiscontinued', { productId: 'rice', at })]
  assert.equal(project(products, discontinued).documents.rice?.discontinued, true)
  const reinstated = [...discontinued, fact('ProductReinstated', { productId: 'rice', at })]
  assert.equal(project(products, reinstated).documents.rice?.discontinued, false)
})
