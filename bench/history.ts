// A company with a long history: sales registered through the real commands, over a year that has just ended.
import { registerSale } from '../src/commands/sales.ts'
import { by, done } from '../src/demo/desk.ts'
import { randomFrom } from '../src/demo/random.ts'
import { START } from '../src/kernel/event-store.ts'
import type { System } from '../src/system.ts'
import { foundCompany, type LiveCompany } from '../test/live/company.ts'

export interface History extends LiveCompany {
  /** Events in the log. */
  readonly events: number
}

const year = 365 * 86_400_000
const sellers = 256
/** Of a sale of three lines: the sale, three stocks, the document, and now and then cash. */
const eventsASale = 5.3

/** Products differ in how often they are bought: the first ones most. */
export function basketOf(products: readonly string[], random: () => number) {
  const chosen = new Set<string>()
  while (chosen.size < 3) chosen.add(products[Math.floor(products.length * random() ** 2)] ?? '')
  return [...chosen].map((productId) => ({ productId, quantity: 1 + Math.floor(random() * 3) }))
}

async function sellFor(system: System, company: LiveCompany, events: number): Promise<void> {
  const { next } = randomFrom(events)
  const end = Date.now()
  const expected = events / eventsASale
  let sold = 0
  const desk = {
    commands: system.commands,
    newId: system.newId,
    now: () => new Date(end - year + Math.min(1, sold / expected) * year),
  }
  const nobody = { mayChangePrice: false, mayDiscount: false, mayOverride: false }
  const seller = async () => {
    for (let position = START; position < BigInt(events); sold += 1) {
      const till = company.tills[sold % company.tills.length]
      if (!till) return
      const method = next() < 0.3 ? 'cash' : 'mpesa'
      const asked = { ...till, ...nobody, lines: basketOf(company.ample, next), payment: { method } } as const
      const context = { ...by(company.people.employee), correlationId: system.newId() }
      await done(registerSale(desk, asked, context))
      position = await system.store.head()
    }
  }
  await Promise.all(Array.from({ length: sellers }, seller))
}

/** Makes a company whose log holds at least so many events. */
export async function companyWith(events: number): Promise<History> {
  const company = await foundCompany((system, founded) => sellFor(system, founded, events))
  return { ...company, events }
}
