// The numbers of purchase orders: one after the other in each year.
import type { Decider } from '../../kernel/decider.ts'
import { event } from '../../kernel/event.ts'
import { type OrderNumberEvents, orderNumberEvents } from './events.ts'

export type OrderNumberCommands = { NumberPurchaseOrder: Omit<OrderNumberEvents['PurchaseOrderNumbered'], 'number'> }

export type OrderNumbers = { readonly last: number }

/** The stream id is the year. Each order gets the number after the last. */
export const orderNumbers: Decider<OrderNumberCommands, OrderNumberEvents, OrderNumbers> = {
  events: orderNumberEvents,
  initial: { last: 0 },
  fromLastEvent: true,
  decide: {
    NumberPurchaseOrder: ({ last }, order) => [event('PurchaseOrderNumbered', { ...order, number: last + 1 })],
  },
  evolve: { PurchaseOrderNumbered: (_, { number }) => ({ last: number }) },
}
