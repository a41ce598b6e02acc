import { test } from 'node:test'
import { fact } from '../test/specification/facts.ts'
import { project } from '../test/specification/projection.ts'
import { suppliers } from './suppliers.ts'

const at = '2026-01-05T08:00:00.000Z'
const mill = { supplierId: 'mill', name: 'Moagem', nuit: null, email: null, phone: null, address: '', leadDays: 3 }

test('a supplier is shown as it is now, and stays listed when it is discontinued', () =>
  project(suppliers, [
    fact('SupplierRegistered', { ...mill, at }),
    fact('SupplierChanged', { ...mill, name: 'Moagem Água', leadDays: 5, at }),
    fact('SupplierDiscontinued', { supplierId: 'mill', at }),
  ]).equals({
    mill: { ...mill, name: 'Moagem Água', nameKey: 'moagem agua', leadDays: 5, active: false, registeredAt: at },
  }))

test('a supplier that is used again is in use', () =>
  project(suppliers, [
    fact('SupplierRegistered', { ...mill, at }),
    fact('SupplierDiscontinued', { supplierId: 'mill', at }),
    fact('SupplierReinstated', { supplierId: 'mill', at }),
  ]).equals({ mill: { ...mill, nameKey: 'moagem', active: true, registeredAt: at } }))
