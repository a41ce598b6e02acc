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
})
