// One day of the demo company: the drawers open, people buy, some bring things back, stock is fetched and ordered, the drawers are counted.
import { closeCashSession, moveCash, openCashSession } from '../commands/cash.ts'
import { receivePayment } from '../commands/payments.ts'
import { placePurchaseOrder, receivePurchaseOrder } from '../commands/purchasing.ts'
import { refundSale, voidSale } from '../commands/returns.ts'
import { registerSale } from '../commands/sales.ts'
import { countStock, transferStock } from '../commands/stock.ts'
import type { PaymentMethod } from '../domain/values.ts'
import { by, type DemoDesk, done } from './desk.ts'
import type { DemoCompany, Shop, SoldProduct } from './founding.ts'
import type { Random } from './random.ts'

/** What the script remembers of the shop from day to day. */
export interface Trading {
  readonly desk: DemoDesk
  readonly company: DemoCompany
  readonly random: Random
  /** On hand by location and product, kept along with the log, to know what to fetch and order. */
  readonly onHand: Map<string, number>
  /** Orders on their way: what comes on which day. */
  readonly expected: { readonly day: number; readonly orderId: string; readonly lines: readonly Line[] }[]
  /** Sales on account that are not paid yet. */
  readonly owed: { readonly saleId: string; readonly amount: number; readonly day: number }[]
}

interface Line {
  readonly productId: string
  readonly quantity: number
}

export interface Day {
  /** From 0, the first day of trading. */
  readonly number: number
  /** Midnight of the day, local. */
  readonly start: Date
  /** 0 is Sunday. */
  readonly weekday: number
  /** Nothing happens after this. */
  readonly until: Date
}

/** Sunday to Saturday: Fridays and Saturdays are strong, Sundays short. */
const rhythm = [0.45, 0.85, 0.9, 0.95, 1, 1.35, 1.5] as const
/** From seven in the morning to seven in the evening. */
const hours = [0.5, 0.8, 1, 1, 0.9, 1.2, 1.1, 0.8, 0.9, 1.3, 1.6, 1.2] as const
const openingHour = 7
const salesADay = 19
const methods = ['cash', 'mpesa', 'card'] as const

const place = (locationId: string, productId: string) => `${locationId} ${productId}`

const stockOf = ({ onHand }: Trading, locationId: string, productId: string) =>
  onHand.get(place(locationId, productId)) ?? 0

const move = ({ onHand }: Trading, locationId: string, { productId, quantity }: Line, sign: 1 | -1) =>
  onHand.set(place(locationId, productId), (onHand.get(place(locationId, productId)) ?? 0) + sign * quantity)

const at = ({ start }: Day, minutes: number) => new Date(start.getTime() + minutes * 60_000)

function basketOf(trading: Trading, shop: Shop): Line[] {
  const { random, company } = trading
  const size = 1 + random.weighted([5, 6, 4, 2, 1])
  const weights = company.products.map(({ popularity }) => popularity)
  const basket = new Map<string, number>()
  for (let at = 0; at < size; at += 1) {
    const product = company.products[random.weighted(weights)]
    if (!product || basket.has(product.productId)) continue
    const wanted = quantityOf(random, product)
    const quantity = Math.min(wanted, stockOf(trading, shop.locationId, product.productId))
    if (quantity > 0) basket.set(product.productId, quantity)
  }
  return [...basket].map(([productId, quantity]) => ({ productId, quantity }))
}

const quantityOf = (random: Random, { decimals, price }: SoldProduct): number => {
  if (decimals === 3) return random.between(4, 40) * 50
  return price > 50_000 ? 1 : 1 + random.weighted([7, 3, 1, 0.5])
}

async function sell(trading: Trading, day: Day, shop: Shop, till: number): Promise<void> {
  const { desk, random, company } = trading
  const lines = basketOf(trading, shop)
  if (lines.length === 0) return
  const customerId = random.happens(0.12) ? random.pick(company.customerIds) : undefined
  const onAccount = customerId !== undefined && random.happens(0.25)
  const method: PaymentMethod = onAccount ? 'account' : (methods[random.weighted([6, 3, 1.5])] ?? 'cash')
  const asked = {
    locationId: shop.locationId,
    till,
    lines: lines.map((line) => (random.happens(0.04) ? { ...line, discount: 500 } : line)),
    payment: { method, ...(method === 'mpesa' && { reference: `MP${random.between(1e8, 9e8)}` }) },
    customerId,
    mayChangePrice: false,
    mayDiscount: true,
    mayOverride: false,
  }
  const outcome = await registerSale(desk, asked, by(company.people.employee))
  // A discount above a cheap line's price is refused, as it would be at a real till: the customer pays in full.
  const { id, total } = outcome.rejected
    ? await done(registerSale(desk, { ...asked, lines }, by(company.people.employee)))
    : outcome.value
  for (const line of lines) move(trading, shop.locationId, line, -1)
  if (onAccount) trading.owed.push({ saleId: id, amount: total, day: day.number })
  else await takeBack(trading, shop, id, lines)
}

/** Now and then something comes back, or a sale was a mistake. */
async function takeBack(trading: Trading, shop: Shop, saleId: string, lines: readonly Line[]): Promise<void> {
  const { random, desk, company } = trading
  const [first] = lines
  if (first && random.happens(0.012)) {
    const reason = random.pick(['Embalagem aberta', 'Cliente mudou de ideias', 'Prazo curto'])
    const back = { line: 0, quantity: first.quantity, restock: reason !== 'Embalagem aberta' }
    await done(refundSale(desk, { saleId, lines: [back], reason }, by(company.people.employee)))
    if (back.restock) move(trading, shop.locationId, first, 1)
  } else if (random.happens(0.004)) {
    await done(voidSale(desk, { saleId, reason: 'Artigos trocados na caixa' }, by(company.people.manager)))
    for (const line of lines) move(trading, shop.locationId, line, 1)
  }
}

/** What a shop is short of comes from the warehouse in the morning. */
async function fetchStock(trading: Trading, { locationId }: Shop): Promise<void> {
  const { desk, company } = trading
  const lines = company.products.flatMap(({ productId, daily }) => {
    if (stockOf(trading, locationId, productId) > daily * 3) return []
    const quantity = Math.min(daily * 8, stockOf(trading, company.warehouseId, productId))
    return quantity > 0 ? [{ productId, quantity }] : []
  })
  if (lines.length === 0) return
  await done(transferStock(desk, { from: company.warehouseId, to: locationId, lines }, by(company.people.manager)))
  for (const line of lines) {
    move(trading, company.warehouseId, line, -1)
    move(trading, locationId, line, 1)
  }
}

/** What the warehouse is short of is ordered, one order a supplier. */
async function order(trading: Trading, day: Day): Promise<void> {
  const { desk, company, expected, random } = trading
  const onOrder = new Set(expected.flatMap(({ lines }) => lines.map(({ productId }) => productId)))
  const short = company.products.filter(
    ({ productId, daily }) => stockOf(trading, company.warehouseId, productId) < daily * 12 && !onOrder.has(productId),
  )
  for (const [supplierId, products] of Map.groupBy(short, (product) => product.supplierId)) {
    const lines = products.map(({ productId, daily, cost }) => ({
      productId,
      quantity: daily * 40,
      unitCost: Math.round((cost * random.between(97, 104)) / 100),
    }))
    const asked = { supplierId, locationId: company.warehouseId, lines, expectedOn: null }
    const { id } = await done(placePurchaseOrder(desk, asked, by(company.people.manager)))
    expected.push({ day: day.number + random.between(2, 4), orderId: id, lines })
  }
}

async function receiveOrders(trading: Trading, day: Day): Promise<void> {
  const { desk, company, expected } = trading
  for (const { orderId, lines } of expected.filter((order) => order.day <= day.number)) {
    await done(receivePurchaseOrder(desk, { orderId, lines: [...lines] }, by(company.people.employee)))
    for (const line of lines) move(trading, company.warehouseId, line, 1)
  }
  expected.splice(0, expected.length, ...expected.filter((order) => order.day > day.number))
}

async function collect({ desk, company, owed }: Trading, day: Day): Promise<void> {
  for (const { saleId, amount } of owed.filter((sale) => sale.day + 20 <= day.number))
    await done(receivePayment(desk, { saleId, amount, method: 'mpesa' }, by(company.people.employee)))
  owed.splice(0, owed.length, ...owed.filter((sale) => sale.day + 20 > day.number))
}

/** Once a week a few products are counted; now and then one is missing. */
async function count(trading: Trading, { locationId }: Shop): Promise<void> {
  const { desk, random, company } = trading
  const some = new Set([1, 2, 3, 4].map(() => random.pick(company.products)))
  const lines = [...some].map(({ productId, decimals }) => {
    const there = stockOf(trading, locationId, productId)
    const missing = random.happens(0.3) ? Math.min(there, decimals === 0 ? 1 : 250) : 0
    return { productId, counted: there - missing }
  })
  await done(countStock(desk, { locationId, note: 'Contagem semanal', lines }, by(company.people.employee)))
  for (const { productId, counted } of lines) trading.onHand.set(place(locationId, productId), counted)
}

interface Drawer {
  readonly shop: Shop
  readonly cashSessionId: string
}

const openingFloat = 200_000

async function openDrawers({ desk, company }: Trading): Promise<Drawer[]> {
  const drawers: Drawer[] = []
  for (const shop of company.shops)
    for (let till = 1; till <= shop.tills; till += 1) {
      const asked = { locationId: shop.locationId, till, openingFloat }
      const { id } = await done(openCashSession(desk, asked, by(company.people.employee)))
      drawers.push({ shop, cashSessionId: id })
    }
  return drawers
}

/** What lies in the drawer is told by moving nothing; at the close it is counted, mostly right, and the takings are banked first. */
async function closeDrawers({ desk, company, random }: Trading, drawers: readonly Drawer[]): Promise<void> {
  for (const { cashSessionId } of drawers) {
    const { expected } = await done(
      moveCash(desk, { cashSessionId, amount: -50_000, reason: 'Depósito no banco' }, by(company.people.manager)),
    )
    const counted = random.happens(0.85) ? expected : Math.max(0, expected + random.between(-4, 3) * 500)
    await done(closeCashSession(desk, { cashSessionId, counted }, by(company.people.employee)))
  }
}

/** Lives through one day, up to `until`. `growth`: how lively the day is against the first. */
export async function trade(trading: Trading, day: Day, growth: number): Promise<void> {
  const { desk, random, company } = trading
  const passes = (minutes: number): boolean => {
    const moment = at(day, minutes)
    if (moment > day.until) return false
    desk.setClock(moment)
    return true
  }
  if (!passes(openingHour * 60 - 30)) return
  await receiveOrders(trading, day)
  for (const shop of company.shops) await fetchStock(trading, shop)
  await order(trading, day)
  const drawers = await openDrawers(trading)

  const visits = company.shops.flatMap((shop) => {
    const expected = salesADay * shop.size * growth * (rhythm[day.weekday] ?? 1)
    return Array.from({ length: Math.round(expected * (0.85 + random.next() * 0.3)) }, () => ({
      shop,
      till: random.between(1, shop.tills),
      minutes: (openingHour + random.weighted(hours)) * 60 + random.between(0, 59),
    }))
  })
  for (const { shop, till, minutes } of visits.sort((a, b) => a.minutes - b.minutes)) {
    if (!passes(minutes)) return
    await sell(trading, day, shop, till)
  }
  if (!passes(19 * 60 + 15)) return
  await collect(trading, day)
  if (day.weekday === 1) for (const shop of company.shops) await count(trading, shop)
  await closeDrawers(trading, drawers)
}
