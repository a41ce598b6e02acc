// The accounts of the demo company: other programs and the login page rely on these names.
import type { Role } from '../domain/values.ts'

export interface DemoAccount {
  readonly email: string
  readonly name: string
  readonly role: Role
  readonly departments: readonly string[]
}

export const demoAccounts: readonly DemoAccount[] = [
  { email: 'super@caminho.test', name: 'Graça Machava', role: 'super-admin', departments: [] },
  { email: 'admin@caminho.test', name: 'Custódio Nhantumbo', role: 'admin', departments: [] },
  { email: 'manager@caminho.test', name: 'Lurdes Cossa', role: 'manager', departments: ['Compras'] },
  { email: 'employee@caminho.test', name: 'Nelson Sitoe', role: 'employee', departments: ['Caixa', 'Armazém'] },
  { email: 'auditor@caminho.test', name: 'Ilda Tembe', role: 'auditor', departments: [] },
]

export const demoEmails = demoAccounts.map(({ email }) => email)
