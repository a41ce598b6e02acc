// The rules of suppliers: whom the company orders from.
import { type Decider, isRejection, nothing, reject } from '../../kernel/decider.ts'
import { event } from '../../kernel/event.ts'
import { changes } from '../changes.ts'
import { withPlainNuit } from '../nuit.ts'
import { type SupplierEvents, supplierEvents } from './events.ts'

export type SupplierCommands = {
  RegisterSupplier: SupplierEvents['SupplierRegistered']
  ChangeSupplier: SupplierEvents['SupplierChanged']
  DiscontinueSupplier: SupplierEvents['SupplierDiscontinued']
  ReinstateSupplier: SupplierEvents['SupplierReinstated']
}

/** A supplier as it stands. */
export type Supplier = Omit<SupplierEvents['SupplierRegistered'], 'supplierId' | 'at'> & {
  readonly discontinued: boolean
}

/**
 * The state is null until the supplier is registered.
 * RegisterSupplier: `already-registered`. The others: `unknown-supplier` { supplierId }; ChangeSupplier: `supplier-discontinued`.
 * Both that carry a tax number: `invalid-nuit` { nuit }.
 */
export const supplier: Decider<SupplierCommands, SupplierEvents, Supplier | null> = {
  events: supplierEvents,
  initial: null,

  decide: {
    RegisterSupplier: (supplier, registration) => {
      if (supplier) return reject('already-registered', { supplierId: registration.supplierId })
      const valid = withPlainNuit(registration)
      return isRejection(valid) ? valid : [event('SupplierRegistered', valid)]
    },
    ChangeSupplier: (supplier, change) => {
      const valid = withPlainNuit(change)
      if (isRejection(valid)) return valid
      const { supplierId, at: _at, ...details } = valid
      if (!supplier) return reject('unknown-supplier', { supplierId })
      if (supplier.discontinued) return reject('supplier-discontinued', { supplierId })
      return changes<Supplier>(supplier, details) ? [event('SupplierChanged', valid)] : nothing
    },
    DiscontinueSupplier: (supplier, command) => {
      if (!supplier) return reject('unknown-supplier', { supplierId: command.supplierId })
      return supplier.discontinued ? nothing : [event('SupplierDiscontinued', command)]
    },
    ReinstateSupplier: (supplier, command) => {
      if (!supplier) return reject('unknown-supplier', { supplierId: command.supplierId })
      return supplier.discontinued ? [event('SupplierReinstated', command)] : nothing
    },
  },

  evolve: {
    SupplierRegistered: (_, { supplierId: _id, at: _at, ...details }) => ({ ...details, discontinued: false }),
    SupplierChanged: (supplier, { supplierId: _id, at: _at, ...details }) => supplier && { ...supplier, ...details },
    SupplierDiscontinued: (supplier) => supplier && { ...supplier, discontinued: true },
    SupplierReinstated: (supplier) => supplier && { ...supplier, discontinued: false },
  },
}
