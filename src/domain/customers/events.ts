// Everything that can happen to a customer. What identifies them is personal.
import { z } from 'zod'
import { type DataOf, events, personal, v1 } from '../../kernel/event.ts'
import { id, instant } from '../values.ts'

const details = {
  name: personal(z.string()),
  nuit: personal(z.string()),
  phone: personal(z.string()),
  email: personal(z.string()),
  address: personal(z.string()),
}
const person = { person: 'customerId' }

export const customerEvents = events('customer', {
  CustomerRegistered: v1({ customerId: id, ...details, at: instant }, person),
  CustomerDetailsChanged: v1({ customerId: id, ...details, at: instant }, person),
  /** Their key is destroyed with it. */
  CustomerErased: v1({ customerId: id, at: instant }, { ...person, erases: true }),
})
export type CustomerEvents = DataOf<typeof customerEvents>
