// The accounts of the demo company: other programs and the login page rely on these names.
import type { Role } from '../domain/values.ts'

export const demoAccounts: readonly { readonly email: string; readonly name: string; readonly role: Role }[] = [
  { email: 'super@caminho.test', name: 'Graça Machava', role: 'super-admin' },
  { email: 'admin@caminho.test', name: 'Custódio Nhantumbo', role: 'admin' },
  { email: 'manager@caminho.test', name: 'Lurdes Cossa', role: 'manager' },
  { email: 'employee@caminho.test', name: 'Nelson Sitoe', role: 'employee' },
]

export const demoEmails = demoAccounts.map(({ email }) => email)
