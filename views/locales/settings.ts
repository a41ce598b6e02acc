// The company's settings and its locations.
import { messages } from './message.ts'

export const settings = messages({
  'settings.title': { pt: 'Definições', en: 'Settings' },
  'settings.company': { pt: 'Empresa', en: 'Company' },
  'settings.company-name': { pt: 'Nome da empresa', en: 'Company name' },
  'settings.currency': { pt: 'Moeda', en: 'Currency' },
  'settings.time-zone': { pt: 'Fuso horário', en: 'Time zone' },
  'settings.tax-rates': { pt: 'Taxas de IVA', en: 'VAT rates' },
  'settings.tax-rate-name': { pt: 'Nome da taxa', en: 'Name of the rate' },
  'settings.rate': { pt: 'Taxa', en: 'Rate' },
  'settings.locations': { pt: 'Locais', en: 'Locations' },
  'settings.new-location': { pt: 'Novo local', en: 'New location' },
  'settings.code': { pt: 'Código', en: 'Code' },
  'settings.kind': { pt: 'Tipo', en: 'Kind' },
  'settings.kind.shop': { pt: 'Loja', en: 'Shop' },
  'settings.kind.warehouse': { pt: 'Armazém', en: 'Warehouse' },
  'settings.tills': { pt: 'Caixas', en: 'Tills' },
  'settings.close-location': { pt: 'Encerrar local', en: 'Close the location' },
  'settings.lead': {
    pt: 'A empresa, os seus locais, e como está o sistema.',
    en: 'The company, its locations, and how the system is.',
  },
  'settings.edit-company': { pt: 'Editar a empresa', en: 'Edit the company' },
  'settings.fixed': {
    pt: 'A moeda e o fuso horário ficam como foram escolhidos no início.',
    en: 'Currency and time zone stay as they were chosen at the start.',
  },
  'settings.default-rate': { pt: 'por omissão', en: 'default' },
  'settings.edit-rates': { pt: 'Editar as taxas', en: 'Edit the rates' },
  'settings.rates-lead': {
    pt: 'A primeira é a que um produto novo recebe. Os produtos que já existem guardam a sua taxa, e as vendas feitas também.',
    en: 'The first is the one a new product gets. Products that exist keep their rate, and so do the sales made.',
  },
  'settings.rate-n': { pt: 'Taxa {n}', en: 'Rate {n}' },
  'settings.rate-hint': {
    pt: 'Deixe o nome em branco para tirar uma taxa.',
    en: 'Leave the name blank to remove a rate.',
  },
  'settings.rates-missing': { pt: 'Tem de haver pelo menos uma taxa.', en: 'There must be at least one rate.' },
  'settings.rate-invalid': { pt: 'Escreva uma percentagem de 0 a 100.', en: 'Write a percentage from 0 to 100.' },
  'settings.open': { pt: 'Aberto', en: 'Open' },
  'settings.closed': { pt: 'Encerrado', en: 'Closed' },
  'settings.open-location': { pt: 'Abrir local', en: 'Open the location' },
  'settings.location-opened': { pt: 'Local aberto.', en: 'Location opened.' },
  'settings.edit-location': { pt: 'Editar local', en: 'Edit location' },
  'settings.close-confirm': {
    pt: 'Encerrar {name}? Deixa de vender e de receber; o que lá aconteceu fica.',
    en: 'Close {name}? It stops selling and receiving; what happened there stays.',
  },
  'settings.location-closed': { pt: 'Local encerrado.', en: 'Location closed.' },
  'settings.code-hint': {
    pt: '2 a 6 letras e números, a última uma letra. Fica no número de cada documento e não muda.',
    en: '2 to 6 letters and digits, the last a letter. It becomes part of each document number and never changes.',
  },
  'settings.tills-hint': {
    pt: 'De 1 a 99; cada uma tem a sua série de documentos.',
    en: 'From 1 to 99; each has its own series of documents.',
  },
  'settings.api': { pt: 'Ligar outros programas', en: 'Connect other programs' },
  'settings.api-lead': {
    pt: 'Tudo o que as páginas fazem também se faz por programa.',
    en: 'All that the pages do can be done by a program.',
  },
  'settings.api-docs': { pt: 'Documentação da API', en: 'API documentation' },
  'settings.api-openapi': { pt: 'Documento OpenAPI (JSON)', en: 'OpenAPI document (JSON)' },
  'settings.close': { pt: 'Encerrar', en: 'Close' },
  'settings.code-invalid': {
    pt: 'De 2 a 6 letras e números; o último é uma letra.',
    en: '2 to 6 letters and digits; the last one is a letter.',
  },
})
