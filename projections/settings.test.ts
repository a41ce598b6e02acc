import { test } from 'node:test'
import { fact } from '../test/specification/facts.ts'
import { project } from '../test/specification/projection.ts'
import { settings } from './settings.ts'

const at = '2026-01-05T08:00:00.000Z'
const details = { name: 'Caminho Lda', nuit: '400339910', address: 'Maputo', phone: null, email: null }

test('the company is shown as it is now; its currency and time zone never change', () =>
  project(settings, [
    fact('CompanySetUp', {
      ...details,
      currency: 'MZN',
      timeZone: 'Africa/Maputo',
      taxRates: [{ name: 'IVA', rate: 1700 }],
      at,
    }),
    fact('TaxRatesChanged', { taxRates: [{ name: 'IVA', rate: 1600 }], at }),
    fact('CompanyDetailsChanged', { ...details, name: 'Caminho Seguro Lda', at }),
  ]).equals({
    company: {
      ...details,
      name: 'Caminho Seguro Lda',
      currency: 'MZN',
      timeZone: 'Africa/Maputo',
      taxRates: [{ name: 'IVA', rate: 1600 }],
      setUpAt: at,
    },
  }))
