// The customers, what they bought and what they owe. What identifies them is null once they are erased.
import { folded } from './folded.ts'
import { asItBegan, projection } from './projection.ts'

export interface Customer {
  readonly customerId: string
  readonly name: string | null
  readonly nameKey: string | null
  readonly nuit: string | null
  readonly phone: string | null
  readonly email: string | null
  readonly address: string | null
  readonly erased: boolean
  readonly registeredAt: string
  /** Sales that were not voided. */
  readonly purchases: number
  /** What they came to, refunds taken off. */
  readonly bought: number
  /** What is owed of sales on account. */
  readonly balance: number
  readonly lastPurchaseAt: string | null
}

const key = ({ data }: { readonly data: { readonly customerId: string } }) => data.customerId
const buyer = ({ data }: { readonly data: { readonly customerId: string | null } }) => data.customerId ?? []

export const customers = projection<Customer>('customers', {
  version: 1,
  indexes: ['nameKey', 'nuit', 'phone', 'balance', 'bought', 'lastPurchaseAt', ['erased', 'nameKey']],
  search: ['name', 'phone', 'nuit', 'email'],
  on: {
    CustomerRegistered: {
      key,
      initial: ({ data: { customerId, name, nuit, phone, email, address, at } }) => ({
        customerId,
        name,
        nameKey: folded(name),
        nuit,
        phone,
        email,
        address,
        erased: false,
        registeredAt: at,
        purchases: 0,
        bought: 0,
        balance: 0,
        lastPurchaseAt: null,
      }),
      apply: asItBegan,
    },
    CustomerDetailsChanged: {
      key,
      apply: (customer, { data: { name, nuit, phone, email, address } }) => ({
        ...customer,
        name,
        nameKey: folded(name),
        nuit,
        phone,
        email,
        address,
      }),
    },
    CustomerErased: {
      key,
      apply: (customer) => ({
        ...customer,
        name: null,
        nameKey: null,
        nuit: null,
        phone: null,
        email: null,
        address: null,
        erased: true,
      }),
    },
    SaleRegistered: {
      key: buyer,
      apply: (customer, { data: { total, payment, at } }) => ({
        ...customer,
        purchases: customer.purchases + 1,
        bought: customer.bought + total,
        balance: customer.balance + (payment.method === 'account' ? total : 0),
        lastPurchaseAt: at,
      }),
    },
    // A sale on account can be voided only while all of it is owed.
    SaleVoided: {
      key: buyer,
      apply: (customer, { data: { total, method } }) => ({
        ...customer,
        purchases: customer.purchases - 1,
        bought: customer.bought - total,
        balance: customer.balance - (method === 'account' ? total : 0),
      }),
    },
    SaleRefunded: {
      key: buyer,
      apply: (customer, { data: { total, debtReduced } }) => ({
        ...customer,
        bought: customer.bought - total,
        balance: customer.balance - debtReduced,
      }),
    },
    SalePaymentReceived: {
      key,
      apply: (customer, { data }) => ({ ...customer, balance: customer.balance - data.amount }),
    },
  },
})
