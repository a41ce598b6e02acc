import { test } from 'node:test'
import { given } from '../../../test/specification/decider.ts'
import { event } from '../../kernel/event.ts'
import { supplier } from './supplier.ts'

const at = '2026-03-02T08:00:00.000Z'
const supplierId = 'merec'
const details = { name: 'Merec', nuit: null, email: null, phone: '+258 21 000 000', address: 'Matola', leadDays: 5 }
const registered = event('SupplierRegistered', { supplierId, ...details, at })
const discontinued = event('SupplierDiscontinued', { supplierId, at })

test('a supplier is registered once', () => {
  given(supplier).when('RegisterSupplier', registered.data).then([registered])
  given(supplier, [registered])
    .when('RegisterSupplier', registered.data)
    .thenRejected('already-registered', { supplierId })
})

test('a supplier changes; what it is already changes nothing', () => {
  const change = { supplierId, ...details, leadDays: 9, at }
  const changed = event('SupplierChanged', change)
  given(supplier, [registered]).when('ChangeSupplier', change).then([changed])
  given(supplier, [registered, changed]).when('ChangeSupplier', change).thenNothing()
})

test('a tax number is kept plain, and one that is none is refused', () => {
  given(supplier)
    .when('RegisterSupplier', { ...registered.data, nuit: '400 005 834' })
    .then([event('SupplierRegistered', { ...registered.data, nuit: '400005834' })])
  given(supplier, [registered])
    .when('ChangeSupplier', { supplierId, ...details, nuit: '400005835', at })
    .thenRejected('invalid-nuit', { nuit: '400005835' })
})

test('a discontinued supplier is not changed any more', () => {
  given(supplier, [registered]).when('DiscontinueSupplier', { supplierId, at }).then([discontinued])
  given(supplier, [registered, discontinued]).when('DiscontinueSupplier', { supplierId, at }).thenNothing()
  given(supplier, [registered, discontinued])
    .when('ChangeSupplier', { supplierId, ...details, at })
    .thenRejected('supplier-discontinued', { supplierId })
})

test('a discontinued supplier is used again', () => {
  const reinstated = event('SupplierReinstated', { supplierId, at })
  given(supplier, [registered, discontinued]).when('ReinstateSupplier', { supplierId, at }).then([reinstated])
  given(supplier, [registered]).when('ReinstateSupplier', { supplierId, at }).thenNothing()
  const changed = { supplierId, ...details, leadDays: 9, at }
  given(supplier, [registered, discontinued, reinstated])
    .when('ChangeSupplier', changed)
    .then([event('SupplierChanged', changed)])
})

test('an unknown supplier is neither changed nor discontinued nor reinstated', () => {
  given(supplier)
    .when('ChangeSupplier', { supplierId, ...details, at })
    .thenRejected('unknown-supplier', { supplierId })
  given(supplier).when('DiscontinueSupplier', { supplierId, at }).thenRejected('unknown-supplier', { supplierId })
  given(supplier).when('ReinstateSupplier', { supplierId, at }).thenRejected('unknown-supplier', { supplierId })
})
