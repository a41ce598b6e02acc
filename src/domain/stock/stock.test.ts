import assert from 'node:assert/strict'
import { test } from 'node:test'
import { given } from '../../../test/specification/decider.ts'
import { event } from '../../kernel/event.ts'
import type { StockEvents } from './events.ts'
import { stock } from './stock.ts'

const here = { productId: 'rice', locationId: 'baixa', at: '2026-03-02T08:00:00.000Z' }
const asked = { ...here, reorderPoint: 3 }
const standard = { unitCost: 80, decimals: 0 }
const fact = <K extends keyof StockEvents & string>(type: K, data: StockEvents[K]) => event(type, data)

const receipt = (quantity: number, value: number) => ({
  receiptId: 'receipt-1',
  quantity,
  unitCost: Math.round(value / quantity),
  value,
  supplierId: null,
  purchaseOrderId: null,
})
/** Ten pieces on hand that have cost 1,000 together. */
const received = fact('StockReceived', { ...here, ...receipt(10, 1_000), onHand: 10 })
const fell = (onHand: number) => fact('StockFellBelowReorderPoint', { ...here, reorderPoint: 3, onHand })
const rose = (onHand: number) => fact('StockRoseAboveReorderPoint', { ...here, reorderPoint: 3, onHand })
const sold = (quantity: number, cost: number, onHand: number) =>
  fact('StockSold', { ...here, saleId: 'sale-1', quantity, cost, onHand })

test('goods are received at what they cost', () =>
  given(stock)
    .when('ReceiveStock', { ...asked, ...receipt(10, 1_000) })
    .then([received]))

test('a sale takes goods at their average cost', () =>
  given(stock, [received])
    .when('SellStock', { ...asked, saleId: 'sale-1', quantity: 4 })
    .then([sold(4, 400, 6)]))

test('a sale that asks for more than there is, is refused and says what there is', () =>
  given(stock, [received])
    .when('SellStock', { ...asked, saleId: 'sale-1', quantity: 11 })
    .thenRejected('insufficient-stock', { productId: 'rice', onHand: 10, asked: 11 }))

test('the last piece takes with it whatever rounding left over', () => {
  const three = fact('StockReceived', { ...here, ...receipt(3, 100), onHand: 3 })
  const { state } = given(stock, [three, sold(1, 33, 2), sold(1, 34, 1)])
  assert.equal(state.value, 33)
  given(stock, [three, sold(1, 33, 2), sold(1, 34, 1), fell(1)])
    .when('SellStock', { ...asked, saleId: 'sale-1', quantity: 1 })
    .then([sold(1, 33, 0)])
})

test('at the reorder point stock runs low, which is told once', () => {
  given(stock, [received])
    .when('SellStock', { ...asked, saleId: 'sale-1', quantity: 7 })
    .then([sold(7, 700, 3), fell(3)])
  given(stock, [received, sold(7, 700, 3), fell(3)])
    .when('SellStock', { ...asked, saleId: 'sale-1', quantity: 1 })
    .then([sold(1, 100, 2)])
})

test('above the reorder point it does not run low any more', () =>
  given(stock, [received, sold(7, 700, 3), fell(3)])
    .when('ReturnStock', { ...asked, saleId: 'sale-1', refundId: 'refund-1', quantity: 1, cost: 100 })
    .then([
      fact('StockReturned', { ...here, saleId: 'sale-1', refundId: 'refund-1', quantity: 1, cost: 100, onHand: 4 }),
      rose(4),
    ]))

test('another reorder point is reviewed where the product is kept, and only there', () => {
  given(stock, [received])
    .when('ReviewReorderPoint', { ...here, reorderPoint: 12 })
    .then([fact('StockFellBelowReorderPoint', { ...here, reorderPoint: 12, onHand: 10 })])
  given(stock, [received]).when('ReviewReorderPoint', asked).thenNothing()
  given(stock)
    .when('ReviewReorderPoint', { ...here, reorderPoint: 12 })
    .thenNothing()
})

const adjustment = { adjustmentId: 'adjustment-1', reason: 'damaged', note: '' } as const

test('an adjustment takes goods at their average cost and never below nothing', () => {
  given(stock, [received])
    .when('AdjustStock', { ...asked, ...adjustment, standard, change: -2 })
    .then([fact('StockAdjusted', { ...here, ...adjustment, change: -2, value: -200, onHand: 8 })])
  given(stock, [received])
    .when('AdjustStock', { ...asked, ...adjustment, standard, change: -11 })
    .thenRejected('insufficient-stock', { productId: 'rice', onHand: 10, asked: 11 })
  given(stock, [received])
    .when('AdjustStock', { ...asked, ...adjustment, standard, change: 0 })
    .thenNothing()
})

test('what is found is worth the average of what is there, or the standard cost when nothing is there', () => {
  const found = { ...adjustment, reason: 'found' } as const
  given(stock, [received])
    .when('AdjustStock', { ...asked, ...found, standard, change: 2 })
    .then([fact('StockAdjusted', { ...here, ...found, change: 2, value: 200, onHand: 12 })])
  given(stock)
    .when('AdjustStock', { ...asked, ...found, standard: { unitCost: 80_000, decimals: 3 }, change: 500 })
    .then([fact('StockAdjusted', { ...here, ...found, change: 500, value: 40_000, onHand: 500 })])
})

test('a transfer leaves one place and reaches the other at the same cost', () => {
  given(stock, [received])
    .when('TransferStockOut', { ...asked, transferId: 'transfer-1', to: 'matola', quantity: 5 })
    .then([
      fact('StockTransferredOut', {
        ...here,
        transferId: 'transfer-1',
        to: 'matola',
        quantity: 5,
        cost: 500,
        onHand: 5,
      }),
    ])
  given(stock)
    .when('TransferStockIn', { ...asked, transferId: 'transfer-1', from: 'matola', quantity: 5, cost: 500 })
    .then([
      fact('StockTransferredIn', {
        ...here,
        transferId: 'transfer-1',
        from: 'matola',
        quantity: 5,
        cost: 500,
        onHand: 5,
      }),
    ])
  given(stock, [received])
    .when('TransferStockOut', { ...asked, transferId: 'transfer-1', to: 'matola', quantity: 11 })
    .thenRejected('insufficient-stock', { productId: 'rice', onHand: 10, asked: 11 })
})

test('a count says by how much the log was wrong, also when it was right', () => {
  const count = { countId: 'count-1', note: '' }
  const counted = (counted: number) =>
    given(stock, [received]).when('CountStock', { ...asked, ...count, standard, counted })
  counted(8).then([fact('StockCounted', { ...here, ...count, difference: -2, value: -200, onHand: 8 })])
  counted(10).then([fact('StockCounted', { ...here, ...count, difference: 0, value: 0, onHand: 10 })])
  counted(0).then([fact('StockCounted', { ...here, ...count, difference: -10, value: -1_000, onHand: 0 }), fell(0)])
})

test('what a customer holds in hand is counted at the till, then sold', () => {
  const override = { saleId: 'sale-1', reason: 'o cliente tem-no na mão' }
  const counted = fact('StockCountedAtTill', { ...here, ...override, difference: 2, value: 200, onHand: 12 })
  given(stock, [received])
    .when('CountStockAtTill', { ...asked, ...override, standard, quantity: 12 })
    .then([counted])
  given(stock, [received, counted])
    .when('SellStock', { ...asked, saleId: 'sale-1', quantity: 12 })
    .then([sold(12, 1_200, 0), fell(0)])
})

test('nothing is counted at the till when there is enough', () =>
  given(stock, [received])
    .when('CountStockAtTill', { ...asked, saleId: 'sale-1', reason: 'pressa', standard, quantity: 10 })
    .thenNothing())

test('more than the log can hold is refused', () => {
  given(stock, [received])
    .when('ReceiveStock', { ...asked, ...receipt(1e9, 1_000) })
    .thenRejected('stock-out-of-range', { productId: 'rice', locationId: 'baixa' })
  given(stock, [received])
    .when('ReceiveStock', { ...asked, ...receipt(1, 1e13) })
    .thenRejected('stock-out-of-range')
})
