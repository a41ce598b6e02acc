import { test } from 'node:test'
import { given } from '../../../test/specification/decider.ts'
import { event } from '../../kernel/event.ts'
import { customer } from './customer.ts'

const at = '2026-03-02T08:00:00.000Z'
const details = {
  customerId: 'hotel',
  name: 'Hotel Polana',
  nuit: '400339910',
  phone: '+258 84 000 0000',
  email: null,
  address: null,
  at,
}
const registered = event('CustomerRegistered', details)
const erased = event('CustomerErased', { customerId: 'hotel', at })

test('a customer is registered, the tax number without its spaces', () => {
  given(customer)
    .when('RegisterCustomer', { ...details, nuit: '400 339 910' })
    .then([registered])
  given(customer, [registered]).when('RegisterCustomer', details).thenRejected('already-registered')
})

test('a tax number that is none is refused, none at all is not', () => {
  given(customer)
    .when('RegisterCustomer', { ...details, nuit: '400339911' })
    .thenRejected('invalid-nuit', { nuit: '400339911' })
  given(customer, [registered])
    .when('ChangeCustomerDetails', { ...details, nuit: '1' })
    .thenRejected('invalid-nuit')
  given(customer, [registered])
    .when('ChangeCustomerDetails', { ...details, nuit: null })
    .then([event('CustomerDetailsChanged', { ...details, nuit: null })])
})

test('the same details again change nothing', () =>
  given(customer, [registered])
    .when('ChangeCustomerDetails', { ...details, at: '2026-03-03T08:00:00.000Z' })
    .thenNothing())

test('after the erasure nothing happens to a customer any more', () => {
  given(customer, [registered]).when('EraseCustomer', erased.data).then([erased])
  given(customer, [registered, erased]).when('EraseCustomer', erased.data).thenRejected('erased')
  given(customer, [registered, erased]).when('ChangeCustomerDetails', details).thenRejected('erased')
  given(customer, [registered, erased]).when('RegisterCustomer', details).thenRejected('already-registered')
})

test('who was never registered is unknown', () =>
  given(customer).when('EraseCustomer', erased.data).thenRejected('unknown-customer'))
