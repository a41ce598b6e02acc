import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { accepted, locationId, openShop, refused, type Shop } from '../../test/shop.ts'
import type { DomainEvents } from '../domain/events.ts'
import { changeProduct, discontinueProduct, type NewProduct, registerProduct, reinstateProduct } from './products.ts'

const soap: NewProduct = {
  sku: 'SAB-1',
  name: 'Sabão',
  category: 'Higiene',
  unit: 'un',
  barcode: null,
  decimals: 0,
  price: 4_000,
  cost: 2_500,
  taxRate: 1_600,
  reorderPoint: 5,
}

describe('products', () => {
  let shop: Shop
  before(async () => {
    shop = await openShop({ rice: 10 })
  })
  after(() => shop.close())

  const register = (more: Partial<NewProduct>) => registerProduct(shop.desk, { ...soap, ...more }, shop.by('ana'))
  const change = (productId: string, change: Parameters<typeof changeProduct>[1]['change'], locations: string[] = []) =>
    changeProduct(shop.desk, { productId, change, locations }, shop.by('ana'))

  test('a SKU and a barcode belong to one product, however they are written', async () => {
    const { id: holder } = accepted(await register({ barcode: '6001' }))
    const head = await shop.store.head()
    assert.deepEqual(refused(await register({ sku: ' sab-1' })), ['name-taken', { kind: 'sku', name: 'sab-1', holder }])
    assert.deepEqual(refused(await register({ sku: 'SAB-2', barcode: '6001' })), [
      'name-taken',
      { kind: 'barcode', name: '6001', holder },
    ])
    assert.equal(await shop.store.head(), head, 'nothing of a refused product is recorded, not even its free SKU')
    accepted(await register({ sku: 'SAB-2', barcode: '6002' }))
  })

  test('of many who register the same SKU at once, one does', async () => {
    const outcomes = await Promise.all(Array.from({ length: 12 }, () => register({ sku: 'VELA' })))
    assert.equal(outcomes.filter(({ rejected }) => !rejected).length, 1)
    const registered = await shop.facts('ProductRegistered')
    assert.equal(registered.filter(({ data }) => data.sku === 'VELA').length, 1)
  })

  test('another barcode frees the one before', async () => {
    const { id } = accepted(await register({ sku: 'SAL', barcode: '7001' }))
    accepted(await change(id, { barcode: '7002' }))
    const { id: heir } = accepted(await register({ sku: 'SAL-2', barcode: '7001' }))
    assert.deepEqual(refused(await change(heir, { barcode: '7002' })), [
      'name-taken',
      { kind: 'barcode', name: '7002', holder: id },
    ])
    accepted(await change(id, { barcode: null }))
    accepted(await change(heir, { barcode: '7002' }))
  })

  test('a change records only what differs, in one append', async () => {
    const { id } = accepted(await register({ sku: 'FOSF' }))
    const head = await shop.store.head()
    accepted(await change(id, { name: 'Fósforos', price: 4_500, cost: 2_500, photoId: 'photo-1' }))
    const recorded = async <Type extends keyof DomainEvents & string>(type: Type) =>
      (await shop.facts(type)).filter(({ position }) => position > head)
    assert.equal((await recorded('ProductDetailsChanged')).length, 1)
    assert.deepEqual(
      (await recorded('PriceChanged')).map(({ data }) => [data.previous, data.price]),
      [[4_000, 4_500]],
    )
    assert.equal((await recorded('ProductPhotoChanged')).length, 1)
    assert.equal((await recorded('CostChanged')).length, 0)
    accepted(await change(id, { name: 'Fósforos', price: 4_500 }))
    assert.equal((await recorded('PriceChanged')).length, 1, 'the same again is recorded nowhere')
  })

  test('another reorder point is reviewed wherever the product is kept', async () => {
    accepted(await change('rice', { reorderPoint: 20 }, [locationId, 'never-kept-there']))
    const fell = await shop.facts('StockFellBelowReorderPoint')
    assert.deepEqual(
      fell.map(({ data }) => [data.locationId, data.onHand, data.reorderPoint]),
      [[locationId, 10, 20]],
    )
    accepted(await change('rice', { reorderPoint: 3 }, [locationId, 'never-kept-there']))
    assert.equal((await shop.facts('StockRoseAboveReorderPoint')).length, 1)
  })

  test('a product is discontinued and reinstated; one that is unknown is not changed', async () => {
    accepted(await discontinueProduct(shop.desk, 'oil', shop.by('ana')))
    accepted(await reinstateProduct(shop.desk, 'oil', shop.by('ana')))
    assert.equal((await shop.facts('ProductReinstated')).length, 1)
    const unknown = ['unknown-product', { productId: 'nowhere' }]
    assert.deepEqual(refused(await change('nowhere', { price: 1 })), unknown)
    assert.deepEqual(refused(await discontinueProduct(shop.desk, 'nowhere', shop.by('ana'))), unknown)
  })
})
