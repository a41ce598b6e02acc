// Cash sessions
import { messages } from './message.ts'

export const cash = messages({
  'cash.title': { pt: 'Sessões de caixa', en: 'Cash sessions' },
  'cash.open': { pt: 'Abrir caixa', en: 'Open the till' },
  'cash.close': { pt: 'Fechar caixa', en: 'Close the till' },
  'cash.till': { pt: 'Caixa {number}', en: 'Till {number}' },
  'cash.opening-float': { pt: 'Fundo de caixa', en: 'Opening float' },
  'cash.taken': { pt: 'Recebido em dinheiro', en: 'Cash taken' },
  'cash.given-back': { pt: 'Devolvido em dinheiro', en: 'Cash given back' },
  'cash.moved': { pt: 'Entradas e saídas', en: 'Put in and taken out' },
  'cash.move': { pt: 'Registar entrada ou saída', en: 'Record cash in or out' },
  'cash.expected': { pt: 'Esperado', en: 'Expected' },
  'cash.counted': { pt: 'Contado', en: 'Counted' },
  'cash.difference': { pt: 'Diferença', en: 'Difference' },
  'cash.opened-at': { pt: 'Aberta às', en: 'Opened at' },
  'cash.closed-at': { pt: 'Fechada às', en: 'Closed at' },
  'cash.status.open': { pt: 'Aberta', en: 'Open' },
  'cash.status.closed': { pt: 'Fechada', en: 'Closed' },
  'cash.exact': { pt: 'Certo', en: 'Exact' },
  'cash.over': { pt: 'Sobra {amount}', en: 'Over by {amount}' },
  'cash.short': { pt: 'Falta {amount}', en: 'Short by {amount}' },
  'cash.empty': { pt: 'Ainda não há sessões de caixa', en: 'No cash sessions yet' },
  'cash.empty-hint': {
    pt: 'Abra a caixa com o dinheiro que tem na gaveta.',
    en: 'Open the till with the cash in the drawer.',
  },
})
