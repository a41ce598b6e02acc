import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { accepted, locationId, openShop, refused, type Shop } from '../../test/shop.ts'
import { changeLocation } from './locations.ts'
import { changeCompany, changeTaxRates, setUpCompany } from './settings.ts'

describe('settings', () => {
  let shop: Shop
  before(async () => {
    shop = await openShop()
  })
  after(() => shop.close())

  test('a company is set up once', async () => {
    const contact = { nuit: null, address: '', phone: null, email: null }
    const money = { currency: 'MZN', timeZone: 'Africa/Maputo', taxRates: [{ name: 'IVA', rate: 1_600 }] }
    const outcome = await setUpCompany(shop.desk, { name: 'Outra', ...contact, ...money }, shop.by('ana'))
    assert.deepEqual(refused(outcome), ['already-set-up', { name: 'Loja da Esquina' }])
  })

  test('a change names only what is to be different', async () => {
    accepted(await changeCompany(shop.desk, { phone: '+258 84 000 0000' }, shop.by('ana')))
    accepted(await changeCompany(shop.desk, { phone: '+258 84 000 0000' }, shop.by('ana')))
    const changed = await shop.facts('CompanyDetailsChanged')
    assert.deepEqual(
      changed.map(({ data }) => [data.name, data.nuit, data.phone]),
      [['Loja da Esquina', '400005834', '+258 84 000 0000']],
    )
  })

  test('a tax number that is none is refused', async () =>
    assert.deepEqual(refused(await changeCompany(shop.desk, { nuit: '12' }, shop.by('ana'))), [
      'invalid-nuit',
      { nuit: '12' },
    ]))

  test('the tax rates are changed', async () => {
    accepted(await changeTaxRates(shop.desk, [{ name: 'IVA', rate: 1_700 }], shop.by('ana')))
    assert.equal((await shop.facts('TaxRatesChanged'))[0]?.data.taxRates[0]?.rate, 1_700)
  })

  test('a location gets more tills, and keeps the rest', async () => {
    accepted(await changeLocation(shop.desk, { locationId, change: { tills: 4 } }, shop.by('ana')))
    const [changed] = await shop.facts('LocationChanged')
    assert.deepEqual([changed?.data.name, changed?.data.tills], ['Baixa', 4])
  })
})
