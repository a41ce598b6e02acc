import { test } from 'node:test'
import { given } from '../../../test/specification/decider.ts'
import { event } from '../../kernel/event.ts'
import { product } from './product.ts'

const at = '2026-03-02T08:00:00.000Z'
const productId = 'rice'
const details = { name: 'Arroz 1 kg', category: 'Mercearia', unit: 'un', barcode: '6001234567890' }
const registered = event('ProductRegistered', {
  productId,
  sku: 'ARR-1',
  ...details,
  decimals: 0,
  price: 9_500,
  cost: 7_000,
  taxRate: 1_600,
  reorderPoint: 12,
  at,
})
const discontinued = event('ProductDiscontinued', { productId, at })

test('a product is registered once', () => {
  given(product).when('RegisterProduct', registered.data).then([registered])
  given(product, [registered])
    .when('RegisterProduct', registered.data)
    .thenRejected('already-registered', { productId })
})

test('its details are changed, and the same details again change nothing', () => {
  const renamed = { productId, ...details, name: 'Arroz agulha 1 kg', barcode: null, at }
  given(product, [registered])
    .when('ChangeProductDetails', renamed)
    .then([event('ProductDetailsChanged', renamed)])
  given(product, [registered])
    .when('ChangeProductDetails', { productId, ...details, at })
    .thenNothing()
})

test('a change of price, cost, tax rate or reorder point tells what it was before', () => {
  const there = given(product, [registered])
  there
    .when('ChangePrice', { productId, price: 9_900, at })
    .then([event('PriceChanged', { productId, price: 9_900, previous: 9_500, at })])
  there
    .when('ChangeCost', { productId, cost: 7_100, at })
    .then([event('CostChanged', { productId, cost: 7_100, previous: 7_000, at })])
  there
    .when('ChangeTaxRate', { productId, taxRate: 0, at })
    .then([event('TaxRateChanged', { productId, taxRate: 0, previous: 1_600, at })])
  there
    .when('ChangeReorderPoint', { productId, reorderPoint: 20, at })
    .then([event('ReorderPointChanged', { productId, reorderPoint: 20, previous: 12, at })])
})

test('the same price, cost, tax rate, reorder point or photo again changes nothing', () => {
  const there = given(product, [registered])
  there.when('ChangePrice', { productId, price: 9_500, at }).thenNothing()
  there.when('ChangeCost', { productId, cost: 7_000, at }).thenNothing()
  there.when('ChangeTaxRate', { productId, taxRate: 1_600, at }).thenNothing()
  there.when('ChangeReorderPoint', { productId, reorderPoint: 12, at }).thenNothing()
  there.when('ChangeProductPhoto', { productId, photoId: null, at }).thenNothing()
})

test('a later change is measured against the one before', () =>
  given(product, [registered, event('PriceChanged', { productId, price: 9_900, previous: 9_500, at })])
    .when('ChangePrice', { productId, price: 9_500, at })
    .then([event('PriceChanged', { productId, price: 9_500, previous: 9_900, at })]))

test('a photo is set and taken away', () => {
  const set = event('ProductPhotoChanged', { productId, photoId: 'photo-1', at })
  given(product, [registered]).when('ChangeProductPhoto', set.data).then([set])
  given(product, [registered, set])
    .when('ChangeProductPhoto', { productId, photoId: null, at })
    .then([event('ProductPhotoChanged', { productId, photoId: null, at })])
})

test('a product is discontinued and reinstated, each only once', () => {
  const reinstated = event('ProductReinstated', { productId, at })
  given(product, [registered]).when('DiscontinueProduct', { productId, at }).then([discontinued])
  given(product, [registered, discontinued]).when('DiscontinueProduct', { productId, at }).thenNothing()
  given(product, [registered, discontinued]).when('ReinstateProduct', { productId, at }).then([reinstated])
  given(product, [registered]).when('ReinstateProduct', { productId, at }).thenNothing()
})

test('nothing can be changed of a product that was never registered', () => {
  const unregistered = given(product)
  unregistered.when('ChangePrice', { productId, price: 1, at }).thenRejected('unknown-product', { productId })
  unregistered.when('DiscontinueProduct', { productId, at }).thenRejected('unknown-product', { productId })
})
