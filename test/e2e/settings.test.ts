// The settings and the workplace in a real browser.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { seriousFlaws } from './browser.ts'
import { office } from './office.ts'

describe('settings', () => {
  const { as } = office()

  test('the page tells the company, its locations, and where programs connect', async () => {
    const page = await as('admin', '/settings')
    assert.deepEqual(await seriousFlaws(page), [])
    await page.getByText('Loja da Esquina').waitFor()
    await page.getByRole('table', { name: 'Locations' }).getByText('BXA').waitFor()
    assert.equal(await page.getByRole('link', { name: /OpenAPI document/ }).getAttribute('href'), '/api/openapi.json')
  })

  test('the company’s tax number is checked before it is kept', async () => {
    const page = await as('admin', '/settings/company')
    assert.deepEqual(await seriousFlaws(page), [])
    await page.getByLabel('NUIT').fill('400005835')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('This NUIT is not valid').first().waitFor()
    await page.getByLabel('NUIT').fill('400 005 834')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('400005834').waitFor()
  })

  test('a tax rate is added and taken away', async () => {
    const page = await as('admin', '/settings/tax-rates')
    assert.deepEqual(await seriousFlaws(page), [])
    const third = page.getByRole('group', { name: 'Rate 3' })
    await third.getByLabel('Name of the rate').fill('Reduced')
    await third.getByLabel(/^Rate/).fill('many')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Write a percentage from 0 to 100.').first().waitFor()
    await third.getByLabel(/^Rate/).fill('5,5')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('5.5%').waitFor()
    await page.getByRole('link', { name: 'Edit the rates' }).click()
    await third.getByLabel('Name of the rate').fill('')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Saved.').waitFor()
    assert.equal(await page.getByText('Reduced').count(), 0)
  })

  test('a location is opened, changed, chosen to work at, and closed; one with stock is not', async () => {
    const page = await as('admin', '/settings/locations/new')
    assert.deepEqual(await seriousFlaws(page), [])
    await page.getByLabel('Name').fill('Costa do Sol')
    await page.getByLabel('Code').fill('cs1')
    await page.getByRole('button', { name: 'Open the location' }).click()
    await page.getByText('the last one is a letter').first().waitFor()
    await page.getByLabel('Code').fill('csl')
    await page.getByRole('button', { name: 'Open the location' }).click()
    const row = page.getByRole('row', { name: /Costa do Sol/ })
    await row.getByText('CSL').waitFor()
    await row.getByRole('link', { name: 'Edit' }).click()
    await page.getByLabel('Tills').fill('4')
    await page.getByRole('button', { name: 'Save' }).click()
    await row.getByText('4', { exact: true }).waitFor()

    await page.getByTitle('Change location').click()
    assert.deepEqual(await seriousFlaws(page), [])
    await page.getByRole('button', { name: 'Work here: Costa do Sol' }).click()
    await page.locator('.topbar-location', { hasText: 'Costa do Sol' }).waitFor()

    await page.goto('/settings')
    const close = async (name: string) => {
      await page.getByRole('button', { name: `Close the location: ${name}` }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Close', exact: true }).click()
    }
    await close('Costa do Sol')
    await row.getByText('Closed').waitFor()
    await close('Baixa')
    await page.getByText('There is still stock at this location').waitFor()
  })

  test('settings are no business of a manager', async () => {
    const page = await as('manager', '/')
    assert.equal((await page.goto('/settings'))?.status(), 403)
  })
})
