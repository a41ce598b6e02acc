// Who may do what: the one table of permissions by role.
import type { Role } from '../domain/values.ts'

const employee = [
  'products.read',
  'locations.read',
  'stock.read',
  'stock.receive',
  'stock.count',
  'stock.transfer',
  'sales.read',
  'sales.register',
  'sales.discount',
  'sales.refund',
  'cash.use',
  'customers.read',
  'customers.write',
  'purchasing.read',
  'purchasing.receive',
  'tasks.read',
  'tasks.write',
] as const

const manager = [
  ...employee,
  'products.write',
  'stock.adjust',
  'sales.price',
  'sales.override',
  'sales.void',
  'cash.read',
  'purchasing.write',
  'suppliers.write',
  'reports.read',
  'tasks.assign',
  'notifications.send',
] as const

const admin = [
  ...manager,
  'customers.erase',
  'locations.write',
  'people.read',
  'people.write',
  'sessions.read',
  'sessions.revoke',
  'settings.write',
  'system.read',
  'system.operate',
  'mail.read',
  'mail.write',
  'audit.read',
  'audit.seal',
] as const

/** Sees everything, changes nothing. */
const auditor = [
  'products.read',
  'locations.read',
  'stock.read',
  'sales.read',
  'cash.read',
  'customers.read',
  'purchasing.read',
  'tasks.read',
  'reports.read',
  'people.read',
  'sessions.read',
  'system.read',
  'mail.read',
  'audit.read',
] as const

const superAdmin = [...admin, 'backups.manage', 'people.erase', 'people.super', 'system.write'] as const

export type Permission = (typeof superAdmin)[number]

const table: Readonly<Record<Role, ReadonlySet<Permission>>> = {
  employee: new Set(employee),
  manager: new Set(manager),
  admin: new Set(admin),
  'super-admin': new Set(superAdmin),
  auditor: new Set(auditor),
}

/** Whether the role holds the permission. */
export const may = (role: Role, permission: Permission): boolean => table[role].has(permission)

/** All that the role may do. */
export const permissionsOf = (role: Role): ReadonlySet<Permission> => table[role]
