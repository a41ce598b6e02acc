// Products, stock and purchasing over the network.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import sharp from 'sharp'
import { type RunningShop, startShop } from '../support/app.ts'

describe('goods over the API', () => {
  let shop: RunningShop
  before(async () => {
    shop = await startShop()
  })
  after(() => shop.close())

  const post = (path: string, body?: unknown) => shop.call('POST', path, { as: 'super-admin', body })

  it('registers a product with what is usual where the body is silent', async () => {
    const { status, body } = await post('/api/products', { sku: 'PAO', name: 'Pão', price: 1_000 })
    assert.equal(status, 201)
    const product = (await shop.fresh(`/api/products/${body.id}`)).body
    assert.deepEqual(
      [product.unit, product.category, product.taxRate, product.reorderPoint, product.currency, product.onHand],
      ['un', 'Geral', 1600, 0, 'MZN', 0],
    )
    const again = await post('/api/products', { sku: 'pao', name: 'Outro', price: 1 })
    assert.deepEqual([again.status, again.body.code], [409, 'name-taken'])
  })

  it('answers 304 for a product that has not changed, and all of it once it has', async () => {
    const path = `/api/products/${shop.ids.oil}`
    const tag = (await shop.fresh(path)).headers.get('etag') ?? ''
    const known = await shop.call('GET', path, { as: 'employee', headers: { 'if-none-match': tag } })
    assert.deepEqual([known.status, known.text], [304, ''])
    const { status } = await shop.call('PATCH', path, { as: 'manager', body: { price: 1_600 } })
    assert.equal(status, 200)
    assert.equal((await shop.fresh(path)).body.price, 1_600)
    const changed = await shop.call('GET', path, { as: 'employee', headers: { 'if-none-match': tag } })
    assert.equal(changed.status, 200)
    const { body } = await shop.fresh(`${path}/history`)
    assert.equal(body.items[0].kind, 'price')
  })

  it('finds products by words, and leaves discontinued ones out when asked', async () => {
    assert.equal((await shop.fresh('/api/products?search=arr')).body.items[0].sku, 'ARZ-25')
    const { id } = (await post('/api/products', { sku: 'OLD', name: 'Velho', price: 1 })).body
    assert.equal((await post(`/api/products/${id}/discontinue`)).status, 200)
    const ids = (await shop.fresh('/api/products?discontinued=false')).body.items.map((item: { id: string }) => item.id)
    assert.equal(ids.includes(id), false)
  })

  it('receives, adjusts, transfers and counts stock, and lists each movement', async () => {
    const { rice, shop: from, warehouse: to } = shop.ids
    const lines = [{ productId: rice, quantity: 10 }]
    const received = [{ productId: rice, quantity: 10, unitCost: 8_000 }]
    assert.equal((await post('/api/stock/receipts', { locationId: from, lines: received })).status, 201)
    assert.equal((await post('/api/stock/transfers', { from, to, lines })).status, 201)
    const adjusted = [{ productId: rice, change: -1 }]
    const damage = { locationId: to, reason: 'damaged', lines: adjusted }
    assert.equal((await post('/api/stock/adjustments', damage)).status, 201)
    const counted = [{ productId: rice, counted: 3 }]
    assert.equal((await post('/api/stock/counts', { locationId: to, lines: counted })).status, 201)
    const levels = (await shop.fresh(`/api/stock?product=${rice}&location=${to}`)).body.items
    assert.deepEqual([levels[0].onHand, levels[0].low, levels[0].reorderPoint], [3, true, 5])
    const kinds = (await shop.fresh(`/api/stock/movements?product=${rice}&location=${to}`)).body.items
    assert.deepEqual(
      kinds.map(({ kind }: { kind: string }) => kind),
      ['counted', 'adjusted', 'transferred-in'],
    )
    const proposal = (await shop.fresh(`/api/stock/reorder?location=${to}`)).body.items
    assert.equal(proposal[0].productId, rice)
    const closing = await post(`/api/locations/${to}/close`)
    assert.deepEqual([closing.status, closing.body.code], [409, 'location-has-stock'])
  })

  it('orders from a supplier and receives in parts', async () => {
    const supplier = (await post('/api/suppliers', { name: 'Armazéns do Norte' })).body.id
    const lines = [{ productId: shop.ids.oil, quantity: 20, unitCost: 900 }]
    const placed = await post('/api/purchase-orders', { supplierId: supplier, locationId: shop.ids.shop, lines })
    assert.equal(placed.status, 201)
    const path = `/api/purchase-orders/${placed.body.id}`
    const part = { lines: [{ productId: shop.ids.oil, quantity: 5 }] }
    assert.equal((await post(`${path}/receive`, part)).status, 201)
    assert.equal((await shop.fresh(path)).body.status, 'partial')
    assert.equal((await post(`${path}/cancel`, { reason: 'Too late' })).body.code, 'already-received')
    assert.equal((await post(`${path}/close`, { reason: 'Too late' })).status, 200)
  })

  it('keeps a photo, upright and small, and refuses what is none', async () => {
    const path = `/api/products/${shop.ids.oil}/photo`
    const png = await sharp({ create: { width: 20, height: 10, channels: 3, background: 'red' } })
      .png()
      .toBuffer()
    const send = (raw: Uint8Array<ArrayBuffer>, type: string) =>
      shop.call('PUT', path, { as: 'manager', raw, headers: { 'content-type': type } })
    assert.equal((await send(new Uint8Array(png), 'image/png')).status, 200)
    assert.equal((await shop.fresh(path)).headers.get('content-type'), 'image/webp')
    assert.equal((await send(new Uint8Array([1, 2, 3]), 'image/png')).status, 422)
    assert.equal((await send(new Uint8Array(png), 'text/html')).status, 415)
    assert.equal((await shop.call('DELETE', path, { as: 'manager' })).status, 200)
    assert.equal((await shop.fresh(path)).status, 404)
  })

  it('imports products from CSV: first what it would do, then doing it, then nothing more to do', async () => {
    const file = 'sku,name,price,stock\nCSV-1,Sabão,25.50,12\nOLEO-1,Óleo 1 l,17.00,\n'
    const send = (query: string, raw = file) =>
      shop.call('POST', `/api/products/import?location=${shop.ids.shop}${query}`, {
        as: 'manager',
        raw,
        headers: { 'content-type': 'text/csv' },
      })
    const head = await shop.system.store.head()
    const dry = await send('&dryRun=true')
    assert.deepEqual([dry.body.created, dry.body.changed, dry.body.errors], [1, 1, []])
    assert.equal((await send('', `${file}X,,1,\n`)).body.errors[0].line, 4)
    assert.equal(await shop.system.store.head(), head)
    const { body } = await send('')
    assert.deepEqual([body.created, body.changed, body.counted, body.errors], [1, 1, 1, []])
    assert.equal((await shop.fresh('/api/products?sku=CSV-1')).body.items[0].onHand, 12)
    const again = await send('')
    assert.deepEqual([again.body.created, again.body.changed, again.body.unchanged], [0, 0, 2])
    const exported = await shop.fresh('/api/products/export')
    assert.match(exported.headers.get('content-type') ?? '', /^text\/csv/)
    assert.match(exported.text, /CSV-1,Sabão/)
  })
})
