// Selling over the network: what a till, or another program in its place, relies on.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type RunningShop, startShop } from '../support/app.ts'

describe('selling over the API', () => {
  let shop: RunningShop
  before(async () => {
    shop = await startShop()
  })
  after(() => shop.close())

  const sell = (quantity: number, more: object = {}, headers: Record<string, string> = {}) =>
    shop.call('POST', '/api/sales', {
      as: 'employee',
      headers,
      body: {
        locationId: shop.ids.shop,
        lines: [{ productId: shop.ids.oil, quantity }],
        payment: { method: 'cash' },
        ...more,
      },
    })
  const onHand = async () => {
    const { body } = await shop.fresh(`/api/stock?product=${shop.ids.oil}&location=${shop.ids.shop}`)
    return body.items[0].onHand
  }

  it('registers a sale and tells its total, tax, document, change and position', async () => {
    const before = await onHand()
    const { status, body, headers } = await sell(2, { payment: { method: 'cash', tendered: 5_000 } })
    assert.equal(status, 201)
    assert.equal(body.total, 3_066)
    assert.equal(body.tax, 423)
    assert.equal(body.change, 1_934)
    assert.match(body.document, /^VD BXA1-\d{4}\/1$/)
    assert.match(body.position, /^\d+$/)
    assert.equal(headers.get('caminho-position'), body.position)
    assert.equal(await onHand(), before - 2)
    const sale = await shop.fresh(`/api/sales/${body.id}`)
    assert.equal(sale.body.lines[0].name, 'Óleo 1 l')
    assert.equal('cost' in sale.body.lines[0], false)
  })

  it('refuses what is not there and says which lines', async () => {
    const { status, body, headers } = await sell(1_000)
    assert.equal(status, 409)
    assert.match(headers.get('content-type') ?? '', /^application\/problem\+json/)
    assert.match(body.type, /\/insufficient-stock$/)
    assert.equal(body.lines[0].productId, shop.ids.oil)
    assert.equal(body.lines[0].asked, 1_000)
  })

  it('does the same request ten times at once only once', async () => {
    const before = await onHand()
    const answers = await Promise.all(Array.from({ length: 10 }, () => sell(1, {}, { 'idempotency-key': 'till-1-42' })))
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([201]))
    assert.equal(new Set(answers.map(({ text }) => text)).size, 1)
    assert.equal(await onHand(), before - 1)
    const other = await sell(2, {}, { 'idempotency-key': 'till-1-42' })
    assert.equal(other.status, 422)
    assert.equal(other.body.code, 'idempotency-key-reused')
  })

  it('lets only those override, or change a price, who may', async () => {
    const lines = [{ productId: shop.ids.oil, quantity: 1, unitPrice: 1 }]
    assert.equal((await sell(1, { lines })).status, 403)
    assert.equal((await sell(500, { override: { reason: 'The customer has it in hand' } })).status, 403)
    const body = { locationId: shop.ids.shop, lines, payment: { method: 'card' } }
    assert.equal((await shop.call('POST', '/api/sales', { as: 'manager', body })).status, 201)
  })

  it('refunds by line, then the rest, then nothing more', async () => {
    const sold = await sell(3)
    const refund = (body: object) =>
      shop.call('POST', `/api/sales/${sold.body.id}/refund`, { as: 'employee', body: { reason: 'Broken', ...body } })
    const first = await refund({ lines: [{ line: 0, quantity: 1 }] })
    assert.equal(first.status, 200)
    assert.equal(first.body.complete, false)
    const rest = await refund({})
    assert.equal(rest.body.complete, true)
    assert.equal(first.body.total + rest.body.total, sold.body.total)
    assert.equal((await refund({})).status, 409)
    const { body } = await shop.fresh(`/api/sales/${sold.body.id}`)
    assert.equal(body.status, 'refunded')
    assert.equal(body.refunds.length, 2)
  })

  it('voids a sale of the day, by a manager only', async () => {
    const sold = await sell(1)
    const undo = (as: 'employee' | 'manager') =>
      shop.call('POST', `/api/sales/${sold.body.id}/void`, { as, body: { reason: 'Typed wrongly' } })
    assert.equal((await undo('employee')).status, 403)
    assert.equal((await undo('manager')).status, 200)
    assert.equal((await undo('manager')).status, 409)
    const { body } = await shop.fresh('/api/sales?status=voided')
    assert.deepEqual(
      body.items.map(({ id }: { id: string }) => id),
      [sold.body.id],
    )
  })

  it('pages through the sales without gap or repetition, and finds one by its number', async () => {
    for (let sold = 0; sold < 5; sold++) await sell(1)
    const all = (await shop.fresh('/api/sales?limit=200')).body.items.map(({ id }: { id: string }) => id)
    const seen: string[] = []
    for (let next = ''; ; ) {
      const { body } = await shop.call('GET', `/api/sales?limit=2${next && `&after=${next}`}`, { as: 'employee' })
      seen.push(...body.items.map(({ id }: { id: string }) => id))
      if (body.next === null) break
      next = body.next
    }
    assert.deepEqual(seen, all)
    const byNumber = await shop.call('GET', '/api/sales?search=1', { as: 'employee' })
    assert.equal(
      byNumber.body.items.every(({ document }: { document: string }) => document.endsWith('/1')),
      true,
    )
    assert.equal((await shop.call('GET', '/api/sales?after=nonsense', { as: 'employee' })).status, 400)
  })
})
