// How the demo company begins: the company, its places, people, suppliers, customers, products and opening stock.
import { registerCustomer } from '../commands/customers.ts'
import { openLocation } from '../commands/locations.ts'
import { addPerson, recordPasswordChange } from '../commands/people.ts'
import { registerProduct } from '../commands/products.ts'
import { setUpCompany } from '../commands/settings.ts'
import { receiveStock } from '../commands/stock.ts'
import { registerSupplier } from '../commands/suppliers.ts'
import { type DemoAccount, demoAccounts } from './accounts.ts'
import { assortment, type DemoProduct } from './assortment.ts'
import { company, customers, locations, suppliers } from './company.ts'
import { by, type DemoDesk, done } from './desk.ts'

export interface SoldProduct extends DemoProduct {
  readonly productId: string
  readonly supplierId: string
  /** Units that a shop sells of it on a usual day, in its smallest unit. */
  readonly daily: number
}

export interface Shop {
  readonly locationId: string
  readonly tills: number
  /** Its size against the first shop. */
  readonly size: number
}

export interface DemoCompany {
  readonly people: Readonly<Record<DemoAccount['role'], string>>
  readonly shops: readonly Shop[]
  readonly warehouseId: string
  readonly products: readonly SoldProduct[]
  readonly customerIds: readonly string[]
}

const founder = 'system:demo'
const context = { actor: founder, correlationId: 'demo' }

async function addPeople(desk: DemoDesk, workplace: string): Promise<DemoCompany['people']> {
  const people: Partial<Record<DemoAccount['role'], string>> = {}
  for (const { email, name, role, departments } of demoAccounts) {
    const added = { name, email, phone: null, role, departments, locationId: role === 'employee' ? workplace : null }
    const { id } = await done(addPerson(desk, added, context))
    await done(recordPasswordChange(desk, { personId: id, by: 'administrator' }, context))
    people[role] = id
  }
  const { 'super-admin': superAdmin = '', admin = '', manager = '', employee = '', auditor = '' } = people
  return { 'super-admin': superAdmin, admin, manager, employee, auditor }
}

async function registerProducts(desk: DemoDesk, people: DemoCompany['people']): Promise<SoldProduct[]> {
  const supplierOf = new Map<string, string>()
  for (const { categories, ...supplier } of suppliers) {
    const details = { ...supplier, email: null, phone: null, address: '' }
    const { id } = await done(registerSupplier(desk, details, by(people.manager)))
    for (const category of categories) supplierOf.set(category, id)
  }
  const products: SoldProduct[] = []
  for (const [at, product] of assortment.entries()) {
    const daily = Math.max(1, Math.round(product.popularity * 0.7)) * (product.decimals === 0 ? 1 : 900)
    const { popularity: _, ...details } = product
    const barcode = `600${String(7_100_000_00 + at * 7)}${at % 10}`
    const registration = { ...details, barcode, reorderPoint: daily * 4 }
    const { id } = await done(registerProduct(desk, registration, by(people.manager)))
    products.push({ ...product, productId: id, supplierId: supplierOf.get(product.category) ?? '', daily })
  }
  return products
}

/** Founds the company at the desk's present moment. */
export async function found(desk: DemoDesk): Promise<DemoCompany> {
  await done(setUpCompany(desk, company, context))
  const opened: { readonly id: string; readonly kind: string; readonly tills: number }[] = []
  for (const location of locations) opened.push({ ...location, ...(await done(openLocation(desk, location, context))) })
  const [first] = opened
  if (!first) throw new Error('the demo company has no location')

  const people = await addPeople(desk, first.id)
  const products = await registerProducts(desk, people)
  const shops = opened
    .filter(({ kind }) => kind === 'shop')
    .map(({ id, tills }, at) => ({ locationId: id, tills, size: at === 0 ? 1 : 0.65 }))
  const warehouseId = opened.find(({ kind }) => kind === 'warehouse')?.id ?? first.id

  const stockUp = (locationId: string, days: number) =>
    receiveStock(
      desk,
      {
        locationId,
        supplierId: null,
        lines: products.map(({ productId, daily, cost }) => ({ productId, quantity: daily * days, unitCost: cost })),
      },
      by(people.manager),
    )
  for (const { locationId } of shops) await done(stockUp(locationId, 10))
  await done(stockUp(warehouseId, 30))

  const customerIds: string[] = []
  for (const details of customers) {
    const { id } = await done(registerCustomer(desk, { ...details, email: null, address: null }, by(people.employee)))
    customerIds.push(id)
  }
  return { people, shops, warehouseId, products, customerIds }
}
