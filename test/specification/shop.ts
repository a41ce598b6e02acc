// A small shop in memory, run by the real deciders: what they decide is its history, what they refuse does not happen.
import { cashSession } from '../../src/domain/cash/cash-session.ts'
import { customer } from '../../src/domain/customers/customer.ts'
import { documentName, series } from '../../src/domain/fiscal/series.ts'
import { person } from '../../src/domain/people/person.ts'
import { product } from '../../src/domain/products/product.ts'
import { type Decider, evolve, isRejection } from '../../src/kernel/decider.ts'
import type { GivenEvent } from './projection.ts'

export const firstDay = '2026-01-05T06:00:00.000Z'
const four = [0, 1, 2, 3]

/** `product-0` to `product-3`, and so many persons, customers and cash sessions, at `shop` and `market`. */
export function openShop() {
  const events: GivenEvent[] = []
  const states = new Map<string, unknown>()
  let made = 0

  const stateOf = <C, E, State>(decider: Decider<C, E, State>, id: string): State => {
    const stream = `${decider.events.category}-${id}`
    return states.has(stream) ? (states.get(stream) as State) : decider.initial
  }

  /** Whether the rules allowed it. */
  const attempt = <C, E, State, K extends keyof C>(
    decider: Decider<C, E, State>,
    id: string,
    type: K,
    data: C[K],
  ): boolean => {
    let state = stateOf(decider, id)
    const decided = decider.decide[type](state, data)
    if (isRejection(decided)) return false
    for (const each of decided) {
      state = evolve(decider, state, each)
      events.push(each)
    }
    states.set(`${decider.events.category}-${id}`, state)
    return true
  }

  const nuitOf = (subjectId: string) => stateOf(customer, subjectId).details.nuit

  for (const index of four) {
    const details = { name: `Pessoa ${index}`, phone: '84', email: `p${index}@example.com` }
    attempt(product, `product-${index}`, 'RegisterProduct', {
      productId: `product-${index}`,
      sku: `SKU-${index}`,
      name: `Artigo ${index}`,
      category: `Categoria ${index % 2}`,
      unit: 'un',
      barcode: null,
      decimals: 0,
      price: 1_001 + index,
      cost: 607,
      taxRate: index % 2 === 0 ? 1600 : 0,
      reorderPoint: index,
      at: firstDay,
    })
    attempt(person, `person-${index}`, 'AddPerson', {
      personId: `person-${index}`,
      ...details,
      role: 'employee',
      departments: [],
      locationId: null,
      at: firstDay,
    })
    attempt(customer, `customer-${index}`, 'RegisterCustomer', {
      customerId: `customer-${index}`,
      ...details,
      nuit: '400339910',
      address: null,
      at: firstDay,
    })
    attempt(cashSession, `cash-${index}`, 'OpenCashSession', {
      cashSessionId: `cash-${index}`,
      locationId: index % 2 === 0 ? 'shop' : 'market',
      till: 1 + index,
      cashierId: `person-${index}`,
      openingFloat: 100_00,
      at: firstDay,
      day: '2026-01-05',
    })
  }

  return {
    events: events as readonly GivenEvent[],
    sales: [] as string[],
    orders: [] as string[],
    stateOf,
    attempt,

    /** A new id. */
    fresh: (what: string) => {
      made += 1
      return `${what}-${made}`
    },

    /** Issues the document of a sale, refund or payment; gives its name. */
    issue: (type: 'VD' | 'NC' | 'RC', of: { sourceId: string; saleId: string; subjectId: string; day: string }) => {
      const name = `${type} MPT1-2026`
      const { number } = stateOf(series, name)
      attempt(series, name, 'IssueDocument', {
        ...of,
        series: name,
        type,
        locationId: 'shop',
        customerNuit: nuitOf(of.subjectId),
        companyNuit: null,
        total: 1,
        tax: 0,
        refersTo: null,
        at: firstDay,
      })
      return documentName(name, number + 1)
    },
  }
}

export type Shop = ReturnType<typeof openShop>
