import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { accepted, cashier, locationId, openShop, refused, type Shop, supervisor } from '../../test/shop.ts'
import { verifyChain } from '../domain/fiscal/chain.ts'
import { product } from '../domain/products/product.ts'
import { openCashSession } from './cash.ts'
import { registerCustomer } from './customers.ts'
import { type RegisterSale, registerSale } from './sales.ts'

const cash = { method: 'cash' } as const

describe('selling', () => {
  let shop: Shop
  before(async () => {
    shop = await openShop({ rice: 100, oil: 100, bread: 7 })
  })
  after(() => shop.close())

  const sell = (asked: Partial<RegisterSale>) =>
    registerSale(
      shop.desk,
      { ...cashier, locationId, lines: [{ productId: 'rice', quantity: 1 }], payment: cash, ...asked },
      shop.by('ana'),
    )

  test('a sale takes its stock, brings its document, and answers what it came to', async () => {
    const before = await shop.stockOf('rice')
    const lines = [
      { productId: 'rice', quantity: 2 },
      { productId: 'oil', quantity: 3 },
    ]
    const { id, ...answer } = accepted(await sell({ lines, payment: { method: 'cash', tendered: 30_000 } }))
    assert.deepEqual(answer, { total: 27_799, tax: 3_834, document: 'VD BXA1-2026/1', change: 2_201 })
    assert.deepEqual(await shop.stockOf('rice'), { onHand: before.onHand - 2, value: before.value - 16_000 })
    const [sold] = (await shop.facts('SaleRegistered')).slice(-1)
    assert.equal(sold?.data.saleId, id)
    assert.equal(sold?.data.cashierId, 'ana')
    assert.equal(sold?.data.cost, 19_000)
    assert.deepEqual([sold?.data.day, sold?.data.hour], ['2026-03-02', 10])
    const [issued] = (await shop.facts('FiscalDocumentIssued')).slice(-1)
    assert.deepEqual([issued?.data.sourceId, issued?.data.total, issued?.data.tax], [id, 27_799, 3_834])
  })

  test('all that is short is told at once, and nothing of the sale is recorded', async () => {
    const head = await shop.store.head()
    const lines = [
      { productId: 'rice', quantity: 500 },
      { productId: 'oil', quantity: 1 },
      { productId: 'bread', quantity: 8 },
    ]
    const { onHand } = await shop.stockOf('rice')
    assert.deepEqual(refused(await sell({ lines })), [
      'insufficient-stock',
      {
        lines: [
          { productId: 'rice', onHand, asked: 500 },
          { productId: 'bread', onHand: 7, asked: 8 },
        ],
      },
    ])
    assert.equal(await shop.store.head(), head)
  })

  test('the same product on two lines is short by its sum, and takes its stock once', async () => {
    const twice = (quantity: number) => [
      { productId: 'bread', quantity },
      { productId: 'bread', quantity: 3 },
    ]
    assert.deepEqual(refused(await sell({ lines: twice(5) }))[0], 'insufficient-stock')
    accepted(await sell({ lines: twice(1) }))
    assert.deepEqual(await shop.stockOf('bread'), { onHand: 3, value: 1_800 })
    const [sold] = (await shop.facts('SaleRegistered')).slice(-1)
    assert.deepEqual(
      sold?.data.lines.map(({ cost }) => cost),
      [600, 1_800],
    )
  })

  test('who may overrides what the log says with a reason: a count at the till, then the sale, and a task to count the shelf', async () => {
    const override = { reason: 'o cliente tem-no na mão' }
    const lines = [{ productId: 'bread', quantity: 5 }]
    assert.deepEqual(refused(await sell({ lines, override })), ['not-permitted', { permission: 'override' }])
    accepted(await sell({ ...supervisor, lines, override }))
    assert.deepEqual(await shop.stockOf('bread'), { onHand: 0, value: 0 })
    const [counted] = (await shop.facts('StockCountedAtTill')).slice(-1)
    assert.deepEqual([counted?.data.difference, counted?.data.reason], [2, override.reason])
    const tasks = await shop.facts('TaskCreated')
    assert.deepEqual(
      tasks.map(({ data: { kind, subject, assignee, dueOn } }) => ({ kind, subject, assignee, dueOn })),
      [
        {
          kind: 'count-stock',
          subject: { kind: 'product', id: 'bread' },
          assignee: { kind: 'person', id: 'ana' },
          dueOn: '2026-03-02',
        },
      ],
    )
  })

  test('another price or a discount needs the permission for it; the own price is no other price', async () => {
    const priced = (line: object) => ({ lines: [{ productId: 'rice', quantity: 1, ...line }] })
    const notPermitted = (permission: string) => ['not-permitted', { permission, line: 0 }]
    assert.deepEqual(refused(await sell(priced({ unitPrice: 11_000 }))), notPermitted('change-price'))
    assert.deepEqual(refused(await sell(priced({ discount: 1 }))), notPermitted('discount'))
    assert.equal(accepted(await sell(priced({ unitPrice: 11_600 }))).total, 11_600)
    assert.equal(accepted(await sell({ ...supervisor, ...priced({ unitPrice: 11_000, discount: 500 }) })).total, 10_500)
  })

  test('a discontinued product is sold as long as there is some', async () => {
    await shop.commands.execute(shop.by('owner'), (unit) =>
      unit.decide(product, 'oil', 'DiscontinueProduct', { productId: 'oil', at: '2026-03-02T08:00:00.000Z' }),
    )
    accepted(await sell({ lines: [{ productId: 'oil', quantity: 1 }] }))
  })

  test('what is not known is refused, and says what', async () => {
    const lines = [{ productId: 'ghost', quantity: 1 }]
    assert.deepEqual(refused(await sell({ lines })), ['unknown-product', { productId: 'ghost', line: 0 }])
    assert.deepEqual(refused(await sell({ locationId: 'moon' }))[0], 'unknown-location')
    assert.deepEqual(refused(await sell({ till: 4 })), ['unknown-till', { till: 4, tills: 3 }])
    assert.deepEqual(refused(await sell({ customerId: 'ghost' }))[0], 'unknown-customer')
    assert.deepEqual(refused(await sell({ customerNuit: '123456789' })), ['invalid-nuit', { nuit: '123456789' }])
    assert.deepEqual(refused(await sell({ payment: { method: 'account' } }))[0], 'customer-required')
  })

  test("a sale on account is an invoice with the customer's tax number", async () => {
    const customer = accepted(
      await registerCustomer(shop.desk, { name: 'Hotel Polana', nuit: '400339910' }, shop.by('ana')),
    )
    const answer = accepted(await sell({ payment: { method: 'account' }, customerId: customer.id }))
    assert.equal(answer.document, 'FT BXA1-2026/1')
    const [issued] = (await shop.facts('FiscalDocumentIssued')).slice(-1)
    assert.deepEqual([issued?.data.subjectId, issued?.data.customerNuit], [customer.id, '400339910'])
  })

  test('cash goes into the drawer that is open at the till, other payments do not', async () => {
    const drawer = accepted(
      await openCashSession(shop.desk, { locationId, till: 3, openingFloat: 50_000 }, shop.by('ana')),
    )
    accepted(await sell({ till: 3 }))
    accepted(await sell({ till: 3, payment: { method: 'mpesa', reference: '8FG2' } }))
    const taken = await shop.facts('CashTaken')
    assert.deepEqual(
      taken.map(({ data }) => [data.cashSessionId, data.amount]),
      [[drawer.id, 11_600]],
    )
    const [last] = (await shop.facts('SaleRegistered')).slice(-1)
    assert.equal(last?.data.cashSessionId, drawer.id)
  })

  test('a till that made the id itself registers the sale once', async () => {
    accepted(await sell({ saleId: 'off-line-1' }))
    assert.equal(refused(await sell({ saleId: 'off-line-1' }))[0], 'already-registered')
  })

  test('a request that is repeated is answered again and sells once', async () => {
    const { onHand } = await shop.stockOf('rice')
    const request = { key: 'ana/1', content: 'one bag of rice' }
    const repeated = () =>
      registerSale(
        shop.desk,
        { ...cashier, locationId, lines: [{ productId: 'rice', quantity: 1 }], payment: cash },
        { ...shop.by('ana'), request },
      )
    const answers = (await Promise.all([...Array(10)].map(repeated))).map(accepted)
    assert.equal(new Set(answers.map(({ id }) => id)).size, 1)
    assert.equal((await shop.stockOf('rice')).onHand, onHand - 1)
  })
})

describe('selling at the same moment', () => {
  test('sixty who ask for one of thirty: thirty get one, thirty are told that there is none', async () => {
    const shop = await openShop({ rice: 30 })
    const lines = [{ productId: 'rice', quantity: 1 }]
    const sales = [...Array(60)].map((_, index) =>
      registerSale(shop.desk, { ...cashier, locationId, till: 1 + (index % 3), lines, payment: cash }, shop.by('ana')),
    )
    const outcomes = await Promise.all(sales)
    assert.equal(outcomes.filter(({ rejected }) => !rejected).length, 30)
    for (const outcome of outcomes)
      if (outcome.rejected) assert.deepEqual(outcome.details, { lines: [{ productId: 'rice', onHand: 0, asked: 1 }] })
    assert.deepEqual(await shop.stockOf('rice'), { onHand: 0, value: 0 })
    assert.equal((await shop.facts('StockSold')).length, 30)
    await shop.close()
  })

  test('three tills at once number their documents without a gap, each chained to the one before', async () => {
    const shop = await openShop({ rice: 300, oil: 300 })
    const sales = [...Array(240)].map((_, index) => {
      const lines = [{ productId: index % 2 ? 'rice' : 'oil', quantity: 1 }]
      return registerSale(
        shop.desk,
        { ...cashier, locationId, till: 1 + (index % 3), lines, payment: cash },
        shop.by('ana'),
      )
    })
    const documents = (await Promise.all(sales)).map((outcome) => accepted(outcome).document)
    assert.equal(new Set(documents).size, 240)
    const issued = await shop.facts('FiscalDocumentIssued')
    for (const till of [1, 2, 3]) {
      const ofTill = issued.filter(({ data }) => data.series === `VD BXA${till}-2026`)
      const verdict = verifyChain(ofTill)
      assert.deepEqual(verdict.whole && verdict.documents, 80)
    }
    await shop.close()
  })
})
