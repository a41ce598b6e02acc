import { test } from 'node:test'
import { product } from '../test/specification/facts.ts'
import { project } from '../test/specification/projection.ts'
import { categories } from './categories.ts'

test('a category is listed once however many products it has', () =>
  project(categories, [product(), product({ productId: 'oil', sku: 'OLE-01', category: 'Óleos' }), product()]).equals({
    Mercearia: { category: 'Mercearia', nameKey: 'mercearia' },
    Óleos: { category: 'Óleos', nameKey: 'oleos' },
  }))
