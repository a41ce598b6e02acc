// The companies that goods are bought from.
import { folded } from './folded.ts'
import { asItBegan, projection } from './projection.ts'

export interface Supplier {
  readonly supplierId: string
  readonly name: string
  readonly nameKey: string
  readonly nuit: string | null
  readonly email: string | null
  readonly phone: string | null
  readonly address: string
  /** Days from order to delivery, as a rule. */
  readonly leadDays: number
  readonly active: boolean
  readonly registeredAt: string
}

const key = ({ data }: { readonly data: { readonly supplierId: string } }) => data.supplierId

export const suppliers = projection<Supplier>('suppliers', {
  version: 1,
  indexes: ['nameKey', 'nuit', ['active', 'nameKey']],
  search: ['name', 'nuit', 'phone'],
  on: {
    SupplierRegistered: {
      key,
      initial: ({ data: { at, ...details } }) => ({
        ...details,
        nameKey: folded(details.name),
        active: true,
        registeredAt: at,
      }),
      apply: asItBegan,
    },
    SupplierChanged: {
      key,
      apply: (supplier, { data: { at: _, ...details } }) => ({
        ...supplier,
        ...details,
        nameKey: folded(details.name),
      }),
    },
    SupplierDiscontinued: { key, apply: (supplier) => ({ ...supplier, active: false }) },
    SupplierReinstated: { key, apply: (supplier) => ({ ...supplier, active: true }) },
  },
})
