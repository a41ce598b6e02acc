import { test } from 'node:test'
import { given } from '../../../test/specification/decider.ts'
import { event } from '../../kernel/event.ts'
import { settings } from './settings.ts'

const at = '2026-03-02T08:00:00.000Z'
const details = { name: 'Mercearia Esperança', nuit: null, address: 'Maputo', phone: null, email: null }
const taxRates = [{ name: 'IVA', rate: 1_600 }]
const setUp = event('CompanySetUp', { ...details, currency: 'MZN', timeZone: 'Africa/Maputo', taxRates, at })

test('a company is set up once', () => {
  given(settings).when('SetUpCompany', setUp.data).then([setUp])
  given(settings, [setUp]).when('SetUpCompany', setUp.data).thenRejected('already-set-up', { name: details.name })
})

test('the company changes its details; the same details again change nothing', () => {
  const change = { ...details, phone: '+258 84 000 0000', at }
  given(settings, [setUp])
    .when('ChangeCompanyDetails', change)
    .then([event('CompanyDetailsChanged', change)])
  given(settings, [setUp])
    .when('ChangeCompanyDetails', { ...details, at })
    .thenNothing()
})

test('the tax number is kept plain, and one that is none is refused', () => {
  given(settings)
    .when('SetUpCompany', { ...setUp.data, nuit: '400 005 834' })
    .then([event('CompanySetUp', { ...setUp.data, nuit: '400005834' })])
  given(settings, [setUp])
    .when('ChangeCompanyDetails', { ...details, nuit: '123', at })
    .thenRejected('invalid-nuit', { nuit: '123' })
})

test('the tax rates change; the same rates again change nothing', () => {
  const change = { taxRates: [...taxRates, { name: 'Isento', rate: 0 }], at }
  const changed = event('TaxRatesChanged', change)
  given(settings, [setUp]).when('ChangeTaxRates', change).then([changed])
  given(settings, [setUp, changed]).when('ChangeTaxRates', change).thenNothing()
})

test('a company that is not set up has nothing to change', () => {
  given(settings)
    .when('ChangeCompanyDetails', { ...details, at })
    .thenRejected('not-set-up')
  given(settings).when('ChangeTaxRates', { taxRates, at }).thenRejected('not-set-up')
})
