// Commands on suppliers.
import { type SupplierCommands, supplier } from '../domain/suppliers/supplier.ts'
import { type Change, type Made, withChange } from './change.ts'
import type { Context, Desk, Outcome } from './handling.ts'
import { refuse } from './unit.ts'

export type NewSupplier = Omit<SupplierCommands['RegisterSupplier'], 'supplierId' | 'at'>

/** Rejections: `invalid-nuit` { nuit }. */
export function registerSupplier(
  { commands, newId, now }: Desk,
  details: NewSupplier,
  context: Context,
): Promise<Outcome<Made>> {
  const id = newId()
  const at = now().toISOString()
  return commands.execute(context, (unit) => {
    unit.create(supplier, id, 'RegisterSupplier', { supplierId: id, ...details, at })
    return { id }
  })
}

/** Records what differs. Rejections: `unknown-supplier`, `supplier-discontinued` { supplierId }, `invalid-nuit` { nuit }. */
export function changeSupplier(
  { commands, now }: Desk,
  { supplierId, change }: { readonly supplierId: string; readonly change: Change<NewSupplier> },
  context: Context,
): Promise<Outcome<Made>> {
  const at = now().toISOString()
  return commands.execute(context, (unit) => {
    const before = unit.state(supplier, supplierId) ?? refuse('unknown-supplier', { supplierId })
    const { discontinued: _discontinued, ...details } = before
    unit.decide(supplier, supplierId, 'ChangeSupplier', { supplierId, ...withChange(details, change), at })
    return { id: supplierId }
  })
}

const standing =
  (type: 'DiscontinueSupplier' | 'ReinstateSupplier') =>
  ({ commands, now }: Desk, supplierId: string, context: Context): Promise<Outcome<Made>> => {
    const at = now().toISOString()
    return commands.execute(context, (unit) => {
      unit.decide(supplier, supplierId, type, { supplierId, at })
      return { id: supplierId }
    })
  }

/** Nothing more is ordered from them. Rejections: `unknown-supplier`. */
export const discontinueSupplier = standing('DiscontinueSupplier')

/** They are ordered from again. Rejections: `unknown-supplier`. */
export const reinstateSupplier = standing('ReinstateSupplier')
