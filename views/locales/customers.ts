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
  'customers.count': {
    pt: { one: '{count} cliente', other: '{count} clientes' },
    en: { one: '{count} customer', other: '{count} customers' },
  },
  'customers.search': { pt: 'Nome, telefone ou NUIT', en: 'Name, phone or NUIT' },
  'customers.customer': { pt: 'Cliente', en: 'Customer' },
  'customers.show': { pt: 'Mostrar', en: 'Show' },
  'customers.show.all': { pt: 'Todos', en: 'All' },
  'customers.show.owing': { pt: 'Com dívida', en: 'Owing' },
  'customers.show.erased': { pt: 'Dados apagados', en: 'Data erased' },
  'customers.none-owing': { pt: 'Ninguém está em dívida', en: 'Nobody owes anything' },
  'customers.none-erased': { pt: 'Nenhum cliente foi apagado', en: 'No customer was erased' },
  'customers.edit': { pt: 'Editar {name}', en: 'Edit {name}' },
  'customers.edit-title': { pt: 'Editar cliente', en: 'Edit customer' },
  'customers.save-new': { pt: 'Registar cliente', en: 'Register customer' },
  'customers.registered': { pt: 'Cliente registado.', en: 'Customer registered.' },
  'customers.since': { pt: 'Cliente desde {date}', en: 'Customer since {date}' },
  'customers.contact': { pt: 'Contacto', en: 'Contact' },
  'customers.unpaid': { pt: 'Por pagar', en: 'To be paid' },
  'customers.payments': { pt: 'Pagamentos', en: 'Payments' },
  'customers.no-payments': { pt: 'Ainda não pagou nada em conta.', en: 'Nothing has been paid on account yet.' },
  'customers.document': { pt: 'Documento', en: 'Document' },
  'customers.no-purchases': { pt: 'Ainda não comprou nada', en: 'Nothing bought yet' },
  'customers.never': { pt: 'nunca', en: 'never' },
  'customers.nuit-hint': {
    pt: 'Vem nas facturas. 9 algarismos; pode deixar em branco.',
    en: 'It is printed on invoices. 9 digits; may be left blank.',
  },
  'customers.erase-title': { pt: 'Apagar os dados de {name}', en: 'Erase the data of {name}' },
  'customers.erase-what': {
    pt: 'Nome, NUIT, telefone, e-mail e endereço tornam-se ilegíveis em todo o lado: nas páginas, nas exportações e em qualquer cópia de segurança reposta mais tarde.',
    en: 'Name, NUIT, phone, e-mail and address become unreadable everywhere: on the pages, in exports and in any backup restored later.',
  },
  'customers.erase-kept': {
    pt: 'As vendas, os documentos e os totais ficam como estão. O registo de factos continua inteiro e pode ser verificado.',
    en: 'The sales, documents and totals stay as they are. The log of facts stays whole and can be verified.',
  },
  'customers.erase-debt': {
    pt: 'Este cliente ainda deve {amount}. Depois de apagar, não saberá a quem cobrar.',
    en: 'This customer still owes {amount}. After the erasure you will not know whom to ask for it.',
  },
  'customers.was-erased': { pt: 'Os dados do cliente foram apagados.', en: "The customer's data were erased." },
  'customers.erased-name': { pt: 'Cliente apagado', en: 'Erased customer' },
  'customers.erased-notice': {
    pt: 'Os dados deste cliente foram apagados a pedido. As compras ficam.',
    en: "This customer's data were erased on request. The purchases stay.",
  },
  'customers.unpaid-count': {
    pt: { one: '{count} venda por pagar', other: '{count} vendas por pagar' },
    en: { one: '{count} sale to be paid', other: '{count} sales to be paid' },
  },
})
