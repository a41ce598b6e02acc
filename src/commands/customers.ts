// Customers: registered, changed, and erased on request.
import { type CustomerDetails, customer } from '../domain/customers/customer.ts'
import type { Vault } from '../kernel/vault.ts'
import type { Context, Desk, Outcome } from './handling.ts'

type Details = { readonly [Field in keyof CustomerDetails]?: CustomerDetails[Field] | undefined }

/** Rejections: those of the customer's rules. */
export function registerCustomer(
  { commands, now, newId }: Desk,
  details: Details & { readonly name: string },
  context: Context,
): Promise<Outcome<{ id: string }>> {
  const at = now().toISOString()
  const customerId = newId()
  return commands.execute(context, (unit) => {
    const { name, nuit = null, phone = null, email = null, address = null } = details
    unit.create(customer, customerId, 'RegisterCustomer', { customerId, name, nuit, phone, email, address, at })
    return { id: customerId }
  })
}

/** What is not named stays as it is; null takes it away. Rejections: those of the customer's rules. */
export function changeCustomer(
  { commands, now }: Desk,
  customerId: string,
  details: Details,
  context: Context,
): Promise<Outcome<{ id: string }>> {
  const at = now().toISOString()
  return commands.execute(context, (unit) => {
    const before = unit.state(customer, customerId).details
    const { name = before.name, nuit = before.nuit, phone = before.phone } = details
    const { email = before.email, address = before.address } = details
    const changed = { customerId, name, nuit, phone, email, address, at }
    unit.decide(customer, customerId, 'ChangeCustomerDetails', changed)
    return { id: customerId }
  })
}

/** Records the erasure, then destroys the key: should that fail, the recorded fact asks for it again. Rejections: as above. */
export async function eraseCustomer(
  { commands, now, vault }: Desk & { readonly vault: Pick<Vault, 'erase'> },
  customerId: string,
  context: Context,
): Promise<Outcome<{ id: string }>> {
  const at = now().toISOString()
  const outcome = await commands.execute(context, (unit) => {
    unit.decide(customer, customerId, 'EraseCustomer', { customerId, at })
    return { id: customerId }
  })
  if (!outcome.rejected) await vault.erase(customerId)
  return outcome
}
