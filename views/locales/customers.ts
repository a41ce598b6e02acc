// Customers and what they bought.
import { messages } from './message.ts'

export const customers = messages({
  'customers.title': { pt: 'Clientes', en: 'Customers' },
  'customers.new': { pt: 'Novo cliente', en: 'New customer' },
  'customers.purchases': { pt: 'Compras', en: 'Purchases' },
  'customers.spent': { pt: 'Total comprado', en: 'Total bought' },
  'customers.last-purchase': { pt: 'Última compra', en: 'Last purchase' },
  'customers.outstanding': { pt: 'Em dívida', en: 'Outstanding' },
  'customers.erase': { pt: 'Apagar dados pessoais', en: 'Erase personal data' },
  'customers.erase-confirm': {
    pt: 'Apagar os dados de {name}? Não há volta: as vendas ficam, sem nome nem contacto.',
    en: 'Erase the data of {name}? This cannot be undone: the sales stay, without name or contact.',
  },
  'customers.erased': { pt: 'Dados apagados', en: 'Data erased' },
  'customers.nuit-invalid': {
    pt: 'Este NUIT não é válido: verifique os 9 algarismos.',
    en: 'This NUIT is not valid: check its 9 digits.',
  },
  'customers.empty': { pt: 'Ainda não há clientes', en: 'No customers yet' },
  'customers.empty-hint': {
    pt: 'Registe um cliente para vender a crédito ou com NUIT.',
    en: 'Register a customer to sell on account or with a NUIT.',
  },
})
