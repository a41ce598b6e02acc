// The first start of a real shop.
import { messages } from './message.ts'

export const setup = messages({
  'setup.title': { pt: 'Começar', en: 'Set up' },
  'setup.lead': { pt: 'Três passos e a loja está pronta.', en: 'Three steps and the shop is ready.' },
  'setup.code': { pt: 'Código de arranque', en: 'Set-up code' },
  'setup.code-hint': {
    pt: 'Está escrito onde o programa foi iniciado; serve uma vez.',
    en: 'It is printed where the program was started; it works once.',
  },
  'setup.company': { pt: 'A empresa', en: 'The company' },
  'setup.location': { pt: 'O primeiro local', en: 'The first location' },
  'setup.you': { pt: 'A sua conta', en: 'Your account' },
  'setup.submit': { pt: 'Criar a empresa', en: 'Create the company' },
})
