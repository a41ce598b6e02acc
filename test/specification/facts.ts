// Plausible facts of one small shop, for specifications: each with defaults, each valid by its schema.
import { catalogues, type DomainEvents } from '../../src/domain/events.ts'
import { typesOf } from '../../src/kernel/codec.ts'
import type { GivenEvent } from './projection.ts'

const types = typesOf(catalogues)

/** A fact whose data is valid. */
export function fact<Type extends keyof DomainEvents & string>(type: Type, data: DomainEvents[Type]): GivenEvent {
  types.get(type)?.schema.parse(data)
  return { type, data }
}

type Facts = DomainEvents
const at = '2026-01-05T08:00:00.000Z'
const day = '2026-01-05'
const place = { productId: 'rice', locationId: 'shop', at }
const handled = {
  saleId: 'sale-1',
  locationId: 'shop',
  till: 1,
  cashierId: 'ana',
  cashSessionId: null,
  at,
  day,
  hour: 10,
}

export const product = (more: Partial<Facts['ProductRegistered']> = {}) =>
  fact('ProductRegistered', {
    productId: 'rice',
    sku: 'ARZ-01',
    name: 'Arroz Água Doce',
    category: 'Mercearia',
    unit: 'saco',
    barcode: '5601234567890',
    decimals: 0,
    price: 116_00,
    cost: 80_00,
    taxRate: 1600,
    reorderPoint: 5,
    at,
    ...more,
  })

export const received = (quantity: number, onHand: number, more: Partial<Facts['StockReceived']> = {}) =>
  fact('StockReceived', {
    ...place,
    receiptId: 'receipt-1',
    quantity,
    unitCost: 80_00,
    value: quantity * 80_00,
    supplierId: null,
    purchaseOrderId: null,
    onHand,
    ...more,
  })

export const sold = (quantity: number, onHand: number, more: Partial<Facts['StockSold']> = {}) =>
  fact('StockSold', { ...place, saleId: 'sale-1', quantity, cost: quantity * 80_00, onHand, ...more })

export const soldLine = (
  more: Partial<Facts['SaleRegistered']['lines'][number]> = {},
): Facts['SaleRegistered']['lines'][number] => ({
  productId: 'rice',
  sku: 'ARZ-01',
  name: 'Arroz Água Doce',
  category: 'Mercearia',
  unit: 'saco',
  decimals: 0,
  quantity: 1,
  unitPrice: 116_00,
  discount: 0,
  taxRate: 1600,
  total: 116_00,
  tax: 16_00,
  cost: 80_00,
  ...more,
})

export const refundedLine = (
  more: Partial<Facts['SaleRefunded']['lines'][number]> = {},
): Facts['SaleRefunded']['lines'][number] => ({
  line: 0,
  productId: 'rice',
  category: 'Mercearia',
  taxRate: 1600,
  quantity: 1,
  total: 116_00,
  tax: 16_00,
  cost: 80_00,
  restocked: true,
  ...more,
})

const sums = (lines: readonly { readonly total: number; readonly tax: number; readonly cost: number }[]) => ({
  total: lines.reduce((sum, line) => sum + line.total, 0),
  tax: lines.reduce((sum, line) => sum + line.tax, 0),
  cost: lines.reduce((sum, line) => sum + line.cost, 0),
})

/** By default one sack of rice, paid in cash at 10 o'clock. */
export const sale = (
  { method, ...more }: Partial<Facts['SaleRegistered']> & { readonly method?: 'cash' | 'card' | 'account' } = {},
  lines = [soldLine()],
) =>
  fact('SaleRegistered', {
    ...handled,
    customerId: null,
    lines,
    discount: lines.reduce((sum, line) => sum + line.discount, 0),
    ...sums(lines),
    payment: { method: method ?? 'cash', tendered: null, change: 0, reference: null },
    document: 'VD MPT1-2026/1',
    ...more,
  })

export const refund = (more: Partial<Facts['SaleRefunded']> = {}, lines = [refundedLine()]) =>
  fact('SaleRefunded', {
    ...handled,
    refundId: 'refund-1',
    customerId: null,
    lines,
    ...sums(lines),
    debtReduced: 0,
    method: 'cash',
    reason: 'torn sack',
    complete: false,
    document: 'NC MPT1-2026/1',
    ...more,
  })

export const voided = (more: Partial<Facts['SaleVoided']> = {}, lines = [refundedLine()]) =>
  fact('SaleVoided', {
    ...handled,
    reason: 'wrong product',
    refundId: 'refund-1',
    customerId: null,
    soldBy: 'ana',
    soldAtHour: 10,
    lines,
    discount: 0,
    ...sums(lines),
    method: 'cash',
    ...more,
  })

export const payment = (more: Partial<Facts['SalePaymentReceived']> = {}) =>
  fact('SalePaymentReceived', {
    ...handled,
    paymentId: 'payment-1',
    customerId: 'maria',
    amount: 100_00,
    outstanding: 16_00,
    method: 'cash',
    document: 'RC MPT1-2026/1',
    ...more,
  })

export const person = (more: Partial<Facts['PersonAdded']> = {}) =>
  fact('PersonAdded', {
    personId: 'ana',
    name: 'Ana Conceição',
    email: 'ana@example.com',
    phone: null,
    role: 'employee',
    departments: ['loja'],
    locationId: 'shop',
    at,
    ...more,
  })

export const customer = (more: Partial<Facts['CustomerRegistered']> = {}) =>
  fact('CustomerRegistered', {
    customerId: 'maria',
    name: 'María Tembe',
    nuit: '400339910',
    phone: '+258 84 000 0000',
    email: null,
    address: null,
    at,
    ...more,
  })

/** By default of the sale `sale-1`, for the customer Maria. */
export const issued = (more: Partial<Facts['FiscalDocumentIssued']> = {}) =>
  fact('FiscalDocumentIssued', {
    series: 'VD MPT1-2026',
    type: 'VD',
    number: 1,
    document: 'VD MPT1-2026/1',
    sourceId: 'sale-1',
    saleId: 'sale-1',
    locationId: 'shop',
    subjectId: 'maria',
    customerNuit: '400339910',
    companyNuit: null,
    total: 116_00,
    tax: 16_00,
    refersTo: null,
    at,
    day,
    previousHash: '0',
    hash: '1',
    ...more,
  })
