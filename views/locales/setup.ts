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
  'setup.company-name': { pt: 'Nome da empresa', en: 'Name of the company' },
  'setup.currency': { pt: 'Moeda', en: 'Currency' },
  'setup.location-default': { pt: 'Loja principal', en: 'Main shop' },
  'setup.location-code': { pt: 'Código', en: 'Code' },
  'setup.location-code-hint': {
    pt: '2 a 6 letras e números, a última uma letra; fica no número de cada documento.',
    en: '2 to 6 letters and digits, the last a letter; it becomes part of each document number.',
  },
  'setup.password-hint': { pt: 'Pelo menos 10 caracteres.', en: 'At least 10 characters.' },
  'setup.wrong-code': {
    pt: 'O código não está certo. Está escrito onde o programa foi iniciado.',
    en: 'The code is not right. It is printed where the program was started.',
  },
  'setup.submit': { pt: 'Criar a empresa', en: 'Create the company' },
})
