// Every report by small cases that can be reckoned by hand.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FiscalDocument } from '../../projections/fiscal-documents.ts'
import type { Product } from '../../projections/products.ts'
import type { DayOfSales } from '../../projections/sales-by-day.ts'
import { reportOfDocuments, reportOfIva } from './fiscal.ts'
import { periodFrom } from './period.ts'
import type { Report } from './report.ts'
import { reportByDay, reportByHour } from './sales-by-time.ts'
import { reportByCategory, reportByEmployee, reportByProduct } from './sales-by-what.ts'
import { reportOfLowStock, reportOfStockValue } from './stock.ts'

const period = periodFrom({ from: '2026-11-02', to: '2026-11-03' }, '2026-11-24')
const scope = { period, locationId: undefined }

const hours = (at: Readonly<Record<number, number>>) => Array.from({ length: 24 }, (_, hour) => at[hour] ?? 0)

const day = (on: string, given: Partial<DayOfSales>): DayOfSales => ({
  day: on,
  locationId: 'all',
  sales: 0,
  refunds: 0,
  voids: 0,
  lines: 0,
  revenue: 0,
  tax: 0,
  cost: 0,
  discount: 0,
  refunded: 0,
  byMethod: {},
  collected: 0,
  revenueByHour: hours({}),
  salesByHour: hours({}),
  ...given,
})
const monday = day('2026-11-02', {
  sales: 2,
  revenue: 23_200,
  tax: 3_200,
  cost: 12_000,
  revenueByHour: hours({ 9: 11_600, 17: 11_600 }),
  salesByHour: hours({ 9: 1, 17: 1 }),
})

const product = (given: Partial<Product>): Product => ({
  productId: 'rice',
  sku: 'R',
  name: 'Arroz',
  nameKey: 'arroz',
  category: 'Mercearia',
  unit: 'un',
  decimals: 0,
  barcode: null,
  price: 11_600,
  cost: 8_000,
  taxRate: 1_600,
  reorderPoint: 5,
  photoId: null,
  discontinued: false,
  registeredAt: '',
  changedAt: '',
  ...given,
})

const figure = ({ figures }: Report, name: string) => {
  const { value, before } = figures.find((one) => one.name === name) ?? assert.fail(`no figure ${name}`)
  return [value, before]
}

test('by day: each day has its line, one without sales too; margin is revenue less tax and cost', () => {
  const before = [day('2026-10-31', { sales: 1, revenue: 11_600, tax: 1_600, cost: 9_000 })]
  const report = reportByDay(scope, [monday], before)
  assert.deepEqual(
    report.rows.map(({ cells }) => [cells.day, cells.sales, cells.revenue, cells.margin, cells['margin-share']]),
    [
      ['2026-11-02', 2, 23_200, 8_000, 4_000],
      ['2026-11-03', 0, 0, 0, null],
    ],
  )
  assert.deepEqual(figure(report, 'revenue'), [23_200, 11_600])
  assert.deepEqual(figure(report, 'margin'), [8_000, 1_000])
  assert.deepEqual(figure(report, 'average'), [11_600, 11_600])
  assert.deepEqual(report.chart.points[0], { label: '2026-11-02', value: 23_200, before: 11_600 })
})

test('by hour: the hours of all days are added, and their shares are the whole', () => {
  const { rows, totals } = reportByHour(scope, [monday, { ...monday, day: '2026-11-03' }], [])
  const at9 = rows.find(({ cells }) => cells.hour === 9)?.cells
  assert.deepEqual([at9?.sales, at9?.revenue, at9?.share], [2, 23_200, 5_000])
  assert.deepEqual([totals.revenue, totals.share], [46_400, 10_000])
})

test('by product: the largest first, a product that came back takes off', () => {
  const now = new Map([
    ['oil', { quantity: -1, revenue: -1_160, tax: -160, cost: -800 }],
    ['rice', { quantity: 2, revenue: 23_200, tax: 3_200, cost: 16_000 }],
  ])
  const report = reportByProduct(scope, { now, before: new Map() }, new Map([['rice', product({})]]))
  assert.deepEqual(
    report.rows.map(({ cells }) => [cells.product, cells.quantity, cells.revenue]),
    [
      ['Arroz', 2, 23_200],
      [null, -1, -1_160],
    ],
  )
  assert.deepEqual([report.totals.revenue, report.totals.margin], [22_040, 3_800])
})

test('by category and by person: the days are added up', () => {
  const figures = { revenue: 1_160, tax: 160, cost: 500 }
  const days = ['2026-11-02', '2026-11-03'].map((on) => ({ day: on, locationId: 'a', byCategory: { Tea: figures } }))
  assert.equal(reportByCategory(scope, { now: days, before: [] }).rows[0]?.cells.revenue, 2_320)
  const sold = { ...figures, sales: 1, refunds: 0, voids: 1 }
  const people = [{ day: '2026-11-02', locationId: 'a', byEmployee: { ana: sold, gone: sold } }]
  const report = reportByEmployee(scope, { now: people, before: people }, new Map([['ana', 'Ana']]))
  assert.deepEqual(
    report.rows.map(({ cells }) => cells.employee),
    ['Ana', null],
  )
  assert.deepEqual([report.totals.sales, report.totals.voids, figure(report, 'revenue')], [2, 2, [2_320, 2_320]])
})

const level = { locationId: 'shop', low: true, lastMovedAt: '' }
const places = new Map([
  [
    'shop',
    {
      locationId: 'shop',
      code: 'S',
      name: 'Baixa',
      nameKey: 'baixa',
      kind: 'shop',
      tills: 1,
      address: '',
      open: true,
      openedAt: '',
    } as const,
  ],
])

test('stock value: at cost and at today’s price, whatever the unit', () => {
  const products = new Map([
    ['rice', product({})],
    ['rope', product({ productId: 'rope', decimals: 2, price: 5_000, category: 'Casa' })],
  ])
  const levels = [
    { ...level, productId: 'rice', onHand: 3, value: 24_000 },
    { ...level, productId: 'rope', onHand: 250, value: 8_000 },
    { ...level, productId: 'none', onHand: 0, value: 0 },
  ]
  const report = reportOfStockValue(undefined, levels, products, places)
  assert.deepEqual(
    report.rows.map(({ cells }) => [cells.category, cells.location, cells.value, cells['sale-value'], cells.share]),
    [
      ['Mercearia', 'Baixa', 24_000, 34_800, 7_500],
      ['Casa', 'Baixa', 8_000, 12_500, 2_500],
    ],
  )
  assert.deepEqual([report.totals.products, report.totals.value], [2, 32_000])
})

test('low stock: what lasts the fewest days comes first, and what is discontinued not at all', () => {
  const products = new Map([
    ['rice', product({})],
    ['oil', product({ productId: 'oil', name: 'Óleo', reorderPoint: 10, cost: 1_000 })],
    ['old', product({ productId: 'old', discontinued: true })],
  ])
  const levels = ['rice', 'oil', 'old'].map((productId) => ({ ...level, productId, onHand: 4, value: 0 }))
  const sold = new Map([['shop', new Map([['oil', { quantity: 60, revenue: 0, tax: 0, cost: 0 }]])]])
  const lately = { days: { from: '2026-10-26', to: '2026-11-24' }, sold }
  assert.deepEqual(
    reportOfLowStock(undefined, levels, products, places, lately).rows.map(({ cells }) => [
      cells.product,
      cells.missing,
      cells['fill-cost'],
      cells['days-left'],
    ]),
    [
      ['Óleo', 6, 6_000, 2],
      ['Arroz', 1, 8_000, null],
    ],
  )
})

test('IVA: the rates of a month add up, the year around it is only in the chart', () => {
  const counts = { documents: 1, creditNotes: 0, cancelled: 0 }
  const months = [
    { month: '2026-10', taxRate: 1_600, net: 100, tax: 16, gross: 116, ...counts },
    { month: '2026-11', taxRate: 1_600, net: 1_000, tax: 160, gross: 1_160, ...counts },
    { month: '2026-11', taxRate: 0, net: 500, tax: 0, gross: 500, ...counts },
  ]
  const november = { ...scope, period: { ...periodFrom({ from: '2026-11-01', to: '2026-11-30' }, '2026-12-03') } }
  const report = reportOfIva(november, months, true)
  assert.deepEqual(report.totals, { net: 1_500, tax: 160, gross: 1_660 })
  assert.deepEqual(figure(report, 'tax'), [160, 16])
  assert.deepEqual(
    report.chart.points.map(({ value }) => value),
    [16, 160],
  )
  assert.deepEqual(figure(reportOfIva(november, months, false), 'tax'), [160, undefined])
})

test('documents: a credit note takes off, what is cancelled or a receipt adds nothing, all are listed in order', () => {
  const issued = (type: FiscalDocument['type'], number: number, status: FiscalDocument['status'] = 'issued') =>
    ({
      type,
      number,
      status,
      series: `${type} A1-2026`,
      document: `${type} A1-2026/${number}`,
      total: 1_160,
      tax: 160,
      sourceId: 's',
      saleId: 's',
      locationId: 'shop',
      subjectId: 'b',
      companyNuit: null,
      refersTo: null,
      at: '',
      day: '2026-11-02',
      previousHash: '',
      hash: '',
      position: '1',
      cancelled: null,
    }) satisfies FiscalDocument
  const now = [issued('VD', 10), issued('VD', 9), issued('VD', 8, 'cancelled'), issued('NC', 1), issued('RC', 1)]
  const report = reportOfDocuments(scope, { now, before: [] }, new Map())
  assert.deepEqual(
    report.rows.map(({ id }) => id),
    ['NC A1-2026/1', 'RC A1-2026/1', 'VD A1-2026/8', 'VD A1-2026/9', 'VD A1-2026/10'],
  )
  assert.deepEqual([report.totals.total, report.totals.tax], [1_160, 160])
  assert.deepEqual(figure(report, 'cancelled'), [1, 0])
})
