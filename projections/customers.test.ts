import assert from 'node:assert/strict'
import { test } from 'node:test'
import { customer, fact, payment, refund, sale, voided } from '../test/specification/facts.ts'
import { type GivenEvent, project } from '../test/specification/projection.ts'
import { customers } from './customers.ts'

const at = '2026-01-05T08:00:00.000Z'
const maria = { customerId: 'maria' }
const figuresAfter = (...events: GivenEvent[]) => {
  const { purchases, bought, balance, lastPurchaseAt } =
    project(customers, [customer(), ...events]).documents.maria ?? {}
  return { purchases, bought, balance, lastPurchaseAt }
}

test('a customer is shown with what they gave, and has bought nothing yet', () =>
  project(customers, [customer()]).equals({
    maria: {
      ...maria,
      name: 'María Tembe',
      nameKey: 'maria tembe',
      nuit: '400339910',
      phone: '+258 84 000 0000',
      email: null,
      address: null,
      erased: false,
      registeredAt: at,
      purchases: 0,
      bought: 0,
      balance: 0,
      lastPurchaseAt: null,
    },
  }))

test('what is bought on account is owed until it is paid or comes back', () => {
  const onAccount = sale({ ...maria, method: 'account' })
  assert.deepEqual(figuresAfter(onAccount), { purchases: 1, bought: 116_00, balance: 116_00, lastPurchaseAt: at })
  assert.equal(figuresAfter(onAccount, payment({ amount: 100_00 })).balance, 16_00)
  const returned = figuresAfter(
    onAccount,
    payment({ amount: 100_00 }),
    refund({ ...maria, debtReduced: 16_00, complete: true }),
  )
  assert.deepEqual([returned.bought, returned.balance], [0, 0])
})

test('what is paid at once is not owed, and a void takes the purchase back', () => {
  assert.equal(figuresAfter(sale(maria)).balance, 0)
  const taken = figuresAfter(sale({ ...maria, method: 'account' }), voided({ ...maria, method: 'account' }))
  assert.deepEqual([taken.purchases, taken.bought, taken.balance], [0, 0, 0])
})

test('a sale to nobody known touches no customer', () => project(customers, [sale()]).equals({}))

test('an erased customer is the same, byte for byte, as one replayed after the erasure', () => {
  const log = (known: boolean) => [
    customer(known ? {} : { name: null, nuit: null, phone: null }),
    sale(maria),
    fact('CustomerDetailsChanged', {
      ...maria,
      name: known ? 'Maria Sitoe' : null,
      nuit: null,
      phone: null,
      email: known ? 'maria@example.com' : null,
      address: null,
      at,
    }),
    fact('CustomerErased', { ...maria, at }),
  ]
  const [now, later] = [true, false].map((known) => JSON.stringify(project(customers, log(known)).documents))
  assert.equal(now, later)
  assert(!now?.includes('Sitoe'))
})
