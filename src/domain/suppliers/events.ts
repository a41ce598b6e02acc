// Everything that can happen to a supplier. Suppliers are companies: their contact data is not personal.
import { z } from 'zod'
import { type DataOf, events, v1 } from '../../kernel/event.ts'
import { id, instant, note, text } from '../values.ts'

const details = {
  name: text,
  nuit: z.string().nullable(),
  email: z.string().max(200).nullable(),
  phone: z.string().max(40).nullable(),
  address: note,
  /** Days from order to delivery, as a rule. */
  leadDays: z.int().min(0).max(365),
}

export const supplierEvents = events('supplier', {
  SupplierRegistered: v1({ supplierId: id, ...details, at: instant }),
  SupplierChanged: v1({ supplierId: id, ...details, at: instant }),
  SupplierDiscontinued: v1({ supplierId: id, at: instant }),
  SupplierReinstated: v1({ supplierId: id, at: instant }),
})
export type SupplierEvents = DataOf<typeof supplierEvents>
