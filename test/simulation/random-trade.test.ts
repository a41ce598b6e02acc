// Whatever is done in a shop, in whatever order and however much at once: what the log and the read models say is what a simple model says.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { cashSessions } from '../../projections/cash-sessions.ts'
import { fiscalDocuments } from '../../projections/fiscal-documents.ts'
import { allLocations, salesByDay } from '../../projections/sales-by-day.ts'
import { stockLevelId, stockLevels } from '../../projections/stock-levels.ts'
import { closeCashSession, moveCash, openCashSession } from '../../src/commands/cash.ts'
import type { Outcome } from '../../src/commands/handling.ts'
import { refundSale, voidSale } from '../../src/commands/returns.ts'
import { registerSale } from '../../src/commands/sales.ts'
import { countStock, receiveStock } from '../../src/commands/stock.ts'
import { collect } from '../../src/kernel/event-store.ts'
import { foldInto } from '../../src/subscribers/fold.ts'
import { logAuditor } from '../live/audit.ts'
import { cashier, type Goods, locationId, openShop, type Shop } from '../shop.ts'
import { Model, type Sold } from './model.ts'

const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31))
const goods: readonly Goods[] = ['rice', 'oil', 'bread']
const opening = { rice: 40, oil: 25, bread: 60 }

/** What somebody tries: the numbers say of which product, how much, at which till, which of the sales. */
const attempt = fc.record({
  kind: fc.constantFrom('sell', 'sell', 'sell', 'refund', 'void', 'receive', 'count', 'open', 'move', 'close'),
  product: fc.nat(2),
  quantity: fc.integer({ min: 1, max: 12 }),
  till: fc.integer({ min: 1, max: 3 }),
  which: fc.nat(20),
  cash: fc.boolean(),
})
type Attempt = typeof attempt extends fc.Arbitrary<infer A> ? A : never

/** Does to the model what was done in the shop; false when the model would not have allowed it. */
type Applied = (model: Model) => boolean
/** Each command is a request of its own: by that the auditor knows what was appended together. */
const by = (person: string) => ({ actor: `person:${person}`, correlationId: randomUUID() })

interface Tried {
  readonly rejected: boolean
  readonly position: bigint
  readonly apply: Applied
}

const tried = <Answer>(outcome: Outcome<Answer>, apply: (model: Model, answer: Answer) => boolean): Tried =>
  outcome.rejected
    ? { rejected: true, position: -1n, apply: () => false }
    : { rejected: false, position: outcome.position, apply: (model) => apply(model, outcome.value) }

async function sell({ desk }: Shop, asked: Attempt): Promise<Tried> {
  const { till, quantity } = asked
  const productId = goods[asked.product] ?? 'rice'
  const method = asked.cash ? 'cash' : 'mpesa'
  const order = { ...cashier, locationId, till, lines: [{ productId, quantity }], payment: { method } } as const
  const outcome = await registerSale(desk, order, by('nelson'))
  return tried(outcome, (model, { id, total, document }) =>
    model.sell({ id, productId, quantity, total, document, till, cash: asked.cash }),
  )
}

async function takeBack({ desk }: Shop, { id, till }: Sold, kind: 'refund' | 'void'): Promise<Tried> {
  const asked = { saleId: id, till, reason: 'engano' }
  if (kind === 'void')
    return tried(await voidSale(desk, asked, by('lurdes')), (model, { total }) => model.takeBack(id, total, undefined))
  const outcome = await refundSale(desk, asked, by('lurdes'))
  return tried(outcome, (model, { total, document }) => model.takeBack(id, total, document))
}

async function handleGoods({ desk }: Shop, { kind, product, quantity }: Attempt): Promise<Tried> {
  const productId = goods[product] ?? 'rice'
  if (kind === 'receive') {
    const lines = [{ productId, quantity, unitCost: 900 }]
    const outcome = await receiveStock(desk, { locationId, supplierId: null, lines }, by('nelson'))
    return tried(outcome, (model) => model.receive(productId, quantity))
  }
  const lines = [{ productId, counted: quantity }]
  const outcome = await countStock(desk, { locationId, note: '', lines }, by('nelson'))
  return tried(outcome, (model) => model.count(productId, quantity))
}

async function handleCash({ desk }: Shop, model: Model, { kind, till, quantity }: Attempt): Promise<Tried> {
  if (kind === 'open') {
    const outcome = await openCashSession(desk, { locationId, till, openingFloat: 5_000 }, by('nelson'))
    return tried(outcome, (model, { id }) => model.openDrawer(till, id, 5_000))
  }
  const cashSessionId = model.drawers.get(till)?.id ?? 'never-opened'
  if (kind === 'move') {
    const amount = quantity * 1_000 - 6_500
    const outcome = await moveCash(desk, { cashSessionId, amount, reason: 'troco' }, by('nelson'))
    return tried(outcome, (model, { expected }) => model.moveCash(cashSessionId, amount, expected))
  }
  const outcome = await closeCashSession(desk, { cashSessionId, counted: 5_000 }, by('nelson'))
  return tried(outcome, (model, { expected }) => model.closeDrawer(cashSessionId, expected))
}

function perform(shop: Shop, model: Model, asked: Attempt): Promise<Tried> {
  const { kind, which } = asked
  if (kind === 'sell') return sell(shop, asked)
  if (kind === 'receive' || kind === 'count') return handleGoods(shop, asked)
  if (kind !== 'refund' && kind !== 'void') return handleCash(shop, model, asked)
  const sale = [...model.sales.values()][which % Math.max(1, model.sales.size)]
  return sale ? takeBack(shop, sale, kind) : sell(shop, asked)
}

/** What was accepted happened in the order of its positions, and the model must allow each of them in that order. */
function follow(model: Model, outcomes: readonly Tried[]): void {
  const accepted = outcomes.filter(({ rejected, position }) => !rejected && position > model.position)
  accepted.sort((a, b) => (a.position < b.position ? -1 : 1))
  for (const { apply, position } of accepted) {
    assert(apply(model), `the model would not have allowed what stands at ${position}`)
    model.position = position
  }
}

async function assertAgrees({ store }: Shop, model: Model): Promise<void> {
  const log = await collect(store.readAll())
  const auditor = logAuditor()
  await auditor.readOn(store)

  const levels = foldInto(stockLevels, log)
  for (const product of goods)
    assert.equal(levels.get(stockLevelId(product, locationId))?.onHand ?? 0, model.stock.get(product), product)

  const days = [...foldInto(salesByDay, log).values()].filter((day) => day.locationId === allLocations)
  assert.equal(
    days.reduce((sum, { revenue }) => sum + revenue, 0),
    model.revenue,
    'revenue',
  )

  const drawers = foldInto(cashSessions, log)
  assert.equal(drawers.size, model.sessions.size)
  for (const [id, { expected, open }] of model.sessions) {
    const drawer = drawers.get(id)
    assert.deepEqual([drawer?.expected, drawer?.status], [expected, open ? 'open' : 'closed'], 'a drawer')
  }

  const documents = [...foldInto(fiscalDocuments, log).keys()].sort()
  assert.deepEqual(documents, [...model.documents].sort())
  assert.equal(
    [...auditor.chains().values()].reduce((sum, numbers) => sum + numbers, 0),
    documents.length,
  )
}

test(`random trade, up to eight attempts at once, does what a simple model does (SEED=${seed})`, async () => {
  const turns = fc.array(fc.array(attempt, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 25 })
  await fc.assert(
    fc.asyncProperty(turns, async (history) => {
      const shop = await openShop(opening)
      try {
        const model = new Model(opening)
        for (const attempts of history)
          follow(model, await Promise.all(attempts.map((each) => perform(shop, model, each))))
        await assertAgrees(shop, model)
      } finally {
        await shop.close()
      }
    }),
    { seed, numRuns: 40 },
  )
})
