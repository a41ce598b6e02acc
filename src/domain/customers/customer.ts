// The rules of a customer: registered, changed, and erased on request.
import { type Decider, nothing, type Rejection, reject } from '../../kernel/decider.ts'
import { event } from '../../kernel/event.ts'
import { changes } from '../changes.ts'
import { withPlainNuit } from '../nuit.ts'
import { type CustomerEvents, customerEvents } from './events.ts'

export type CustomerCommands = {
  RegisterCustomer: CustomerEvents['CustomerRegistered']
  ChangeCustomerDetails: CustomerEvents['CustomerDetailsChanged']
  EraseCustomer: CustomerEvents['CustomerErased']
}

export type CustomerDetails = Omit<CustomerEvents['CustomerRegistered'], 'customerId' | 'at'>
export type Customer = { readonly status: 'unknown' | 'active' | 'erased'; readonly details: CustomerDetails }

const noDetails: CustomerDetails = { name: null, nuit: null, phone: null, email: null, address: null }

const detailsOf = ({ name, nuit, phone, email, address }: CustomerDetails): CustomerDetails => ({
  name,
  nuit,
  phone,
  email,
  address,
})

const standing = ({ status }: Customer): Rejection | undefined => {
  if (status === 'active') return undefined
  return reject(status === 'erased' ? 'erased' : 'unknown-customer')
}

/** `unknown-customer`; `erased`: nothing happens to them any more; `invalid-nuit` { nuit }. */
export const customer: Decider<CustomerCommands, CustomerEvents, Customer> = {
  events: customerEvents,
  initial: { status: 'unknown', details: noDetails },

  decide: {
    RegisterCustomer: ({ status }, registered) => {
      if (status !== 'unknown') return reject('already-registered')
      const valid = withPlainNuit(registered)
      return 'rejected' in valid ? valid : [event('CustomerRegistered', valid)]
    },
    ChangeCustomerDetails: (customer, changed) => {
      const refused = standing(customer)
      if (refused) return refused
      const valid = withPlainNuit(changed)
      if ('rejected' in valid) return valid
      return changes(customer.details, detailsOf(valid)) ? [event('CustomerDetailsChanged', valid)] : nothing
    },
    EraseCustomer: (customer, erased) => standing(customer) ?? [event('CustomerErased', erased)],
  },

  evolve: {
    CustomerRegistered: (_, registered) => ({ status: 'active', details: detailsOf(registered) }),
    CustomerDetailsChanged: (customer, changed) => ({ ...customer, details: detailsOf(changed) }),
    CustomerErased: () => ({ status: 'erased', details: noDetails }),
  },
}
