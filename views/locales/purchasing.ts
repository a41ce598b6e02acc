// Purchase orders, suppliers and the reorder proposal.
import { messages } from './message.ts'

export const purchasing = messages({
  'purchasing.title': { pt: 'Encomendas', en: 'Purchase orders' },
  'purchasing.new': { pt: 'Nova encomenda', en: 'New order' },
  'purchasing.order': { pt: 'Encomenda {number}', en: 'Order {number}' },
  'purchasing.supplier': { pt: 'Fornecedor', en: 'Supplier' },
  'purchasing.suppliers': { pt: 'Fornecedores', en: 'Suppliers' },
  'purchasing.new-supplier': { pt: 'Novo fornecedor', en: 'New supplier' },
  'purchasing.lead-days': { pt: 'Dias até à entrega', en: 'Days to delivery' },
  'purchasing.expected-on': { pt: 'Esperada em', en: 'Expected on' },
  'purchasing.ordered': { pt: 'Encomendado', en: 'Ordered' },
  'purchasing.received': { pt: 'Recebido', en: 'Received' },
  'purchasing.receive': { pt: 'Receber', en: 'Receive' },
  'purchasing.status.placed': { pt: 'Encomendada', en: 'Placed' },
  'purchasing.status.partly-received': { pt: 'Recebida em parte', en: 'Partly received' },
  'purchasing.status.received': { pt: 'Recebida', en: 'Received' },
  'purchasing.status.cancelled': { pt: 'Cancelada', en: 'Cancelled' },
  'purchasing.status.closed': { pt: 'Fechada', en: 'Closed' },
  'purchasing.cancel': { pt: 'Cancelar encomenda', en: 'Cancel the order' },
  'purchasing.close': { pt: 'Fechar sem o resto', en: 'Close without the rest' },
  'purchasing.proposal': { pt: 'Proposta de encomenda', en: 'Reorder proposal' },
  'purchasing.proposal-none': {
    pt: 'Nada para encomendar: tudo está acima do mínimo.',
    en: 'Nothing to order: everything is above its minimum.',
  },
  'purchasing.suggested': { pt: 'Sugerido', en: 'Suggested' },
  'purchasing.place': { pt: 'Encomendar', en: 'Place the order' },
  'purchasing.empty': { pt: 'Ainda não há encomendas', en: 'No purchase orders yet' },
  'purchasing.empty-hint': {
    pt: 'Comece pela proposta: ela olha para o stock mínimo.',
    en: 'Begin with the proposal: it looks at the reorder points.',
  },
})
