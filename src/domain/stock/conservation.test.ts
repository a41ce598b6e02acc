// Whatever happens to a stock, in whatever order: it is never below nothing, and no value is made up or lost.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { evolve, isRejection } from '../../kernel/decider.ts'
import { type Stock, type StockCommands, stock } from './stock.ts'

const here = { productId: 'rice', locationId: 'baixa', at: '2026-03-02T08:00:00.000Z' }
const standard = { unitCost: 77, decimals: 0 }
type Command = { [K in keyof StockCommands]: { type: K; data: StockCommands[K] } }[keyof StockCommands]

const quantity = fc.integer({ min: 1, max: 40 })
const cost = fc.integer({ min: 0, max: 10_000 })
const reorderPoint = fc.integer({ min: 0, max: 20 })

const command: fc.Arbitrary<Command> = fc
  .record({ quantity, cost, reorderPoint, change: fc.integer({ min: -30, max: 30 }) })
  .chain(({ quantity, cost, reorderPoint, change }) => {
    const asked = { ...here, reorderPoint }
    const receipt = { receiptId: 'r', unitCost: 1, supplierId: null, purchaseOrderId: null }
    return fc.constantFrom<Command>(
      { type: 'ReceiveStock', data: { ...asked, ...receipt, quantity, value: cost } },
      { type: 'SellStock', data: { ...asked, saleId: 's', quantity } },
      { type: 'ReturnStock', data: { ...asked, saleId: 's', refundId: 'f', quantity, cost } },
      { type: 'AdjustStock', data: { ...asked, adjustmentId: 'a', reason: 'other', note: '', standard, change } },
      { type: 'TransferStockOut', data: { ...asked, transferId: 't', to: 'matola', quantity } },
      { type: 'TransferStockIn', data: { ...asked, transferId: 't', from: 'matola', quantity, cost } },
      { type: 'CountStock', data: { ...asked, countId: 'c', note: '', standard, counted: quantity - 1 } },
      { type: 'CountStockAtTill', data: { ...asked, saleId: 's', reason: 'na mão', standard, quantity } },
      { type: 'ReviewReorderPoint', data: asked },
    )
  })

const decide = <K extends keyof StockCommands>(state: Stock, type: K, data: StockCommands[K]) => {
  const outcome = stock.decide[type](state, data)
  return isRejection(outcome) ? [] : outcome
}

/** What an event says that came in (positive) or went out, in pieces and in value. */
const flow = (event: ReturnType<typeof decide>[number]): { pieces: number; value: number } => {
  switch (event.type) {
    case 'StockReceived':
      return { pieces: event.data.quantity, value: event.data.value }
    case 'StockReturned':
    case 'StockTransferredIn':
      return { pieces: event.data.quantity, value: event.data.cost }
    case 'StockSold':
    case 'StockTransferredOut':
      return { pieces: -event.data.quantity, value: -event.data.cost }
    case 'StockAdjusted':
      return { pieces: event.data.change, value: event.data.value }
    case 'StockCounted':
    case 'StockCountedAtTill':
      return { pieces: event.data.difference, value: event.data.value }
    default:
      return { pieces: 0, value: 0 }
  }
}

test('stock and its value are what came in less what went out, never below nothing, and worth nothing when nothing is there', () =>
  fc.assert(
    fc.property(fc.array(command, { maxLength: 60 }), (commands) => {
      let state = stock.initial
      let pieces = 0
      let value = 0
      for (const { type, data } of commands)
        for (const event of decide(state, type, data)) {
          state = evolve(stock, state, event)
          const moved = flow(event)
          pieces += moved.pieces
          value += moved.value
          assert.deepEqual({ pieces, value }, { pieces: state.onHand, value: state.value })
          assert.ok(state.onHand >= 0 && state.value >= 0, JSON.stringify(event))
          if (state.onHand === 0) assert.equal(state.value, 0)
        }
    }),
  ))

test('that stock runs low and that it does not any more are told in turn, and after each movement rightly', () =>
  fc.assert(
    fc.property(fc.array(command, { maxLength: 60 }), (commands) => {
      let state = stock.initial
      let last = 'StockRoseAboveReorderPoint'
      for (const { type, data } of commands) {
        const events = decide(state, type, data)
        for (const event of events) {
          state = evolve(stock, state, event)
          if (event.type !== 'StockFellBelowReorderPoint' && event.type !== 'StockRoseAboveReorderPoint') continue
          assert.notEqual(event.type, last)
          last = event.type
        }
        if (events.length > 0 && type !== 'CountStockAtTill')
          assert.equal(state.low, state.onHand <= data.reorderPoint, type)
      }
    }),
  ))
