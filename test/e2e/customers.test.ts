// Customers in a real browser: written down, found, changed, and erased with a typed word.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { seriousFlaws } from './browser.ts'
import { office } from './office.ts'

const register = async (page: Page, name: string, phone: string): Promise<void> => {
  await page.goto('/customers/new')
  await page.getByLabel('Name').fill(name)
  await page.getByLabel('Phone').fill(phone)
  await page.getByRole('button', { name: 'Register customer' }).click()
  await page.getByRole('heading', { name, level: 1 }).waitFor()
}

describe('customers', () => {
  const { as, shop } = office()

  test('a customer is registered; what was typed wrong is told beside its field, and nothing is lost', async () => {
    const page = await as('employee', '/customers')
    assert.deepEqual(await seriousFlaws(page), [])
    await page.getByRole('link', { name: 'New customer' }).first().click()
    assert.deepEqual(await seriousFlaws(page), [])
    await page.getByLabel('Name').fill('Padaria Sol')
    await page.getByLabel('NUIT').fill('123')
    await page.getByLabel('E-mail').fill('padaria')
    await page.getByRole('button', { name: 'Register customer' }).click()
    await page.getByRole('alert').getByText('2 fields to put right').waitFor()
    assert.deepEqual(await seriousFlaws(page), [])
    assert.equal(await page.getByLabel('Name').inputValue(), 'Padaria Sol')
    await page.getByLabel('NUIT').fill('400 005 834')
    await page.getByLabel('E-mail').fill('padaria@sol.test')
    await page.getByRole('button', { name: 'Register customer' }).click()
    await page.getByRole('heading', { name: 'Padaria Sol', level: 1 }).waitFor()
    await page.getByText('400005834').waitFor()
    assert.deepEqual(await seriousFlaws(page), [])
  })

  test('a customer is found while one types, and the address keeps the search', async () => {
    const page = await as('employee', '/customers')
    await register(page, 'Restaurante Zambi', '84 111')
    await register(page, 'Escola do Alto', '84 222')
    await page.goto('/customers')
    await page.getByRole('searchbox', { name: 'Name, phone or NUIT' }).fill('zamb')
    await page.getByRole('link', { name: 'Escola do Alto' }).waitFor({ state: 'detached' })
    await page.getByRole('link', { name: 'Restaurante Zambi' }).waitFor()
    assert.match(page.url(), /search=zamb/)
  })

  test('the debt of a sale on account stands on the page of who owes it', async () => {
    const page = await as('manager', '/customers')
    await register(page, 'Pensão Polana', '84 333')
    const customerId = page.url().split('/').at(-1)
    const { ids, call } = shop()
    const sale = { locationId: ids.shop, lines: [{ productId: ids.rice, quantity: 2 }], payment: { method: 'account' } }
    const sold = await call('POST', '/api/sales', { as: 'manager', body: { ...sale, customerId } })
    assert.equal(sold.status, 201)
    await shop().fresh('/api/customers')
    await page.reload()
    await page.getByText('232.00').first().waitFor()
    await page.getByText('Owing').waitFor()
    await page.goto('/customers?show=owing')
    await page.getByRole('link', { name: 'Pensão Polana' }).waitFor()
  })

  test('a customer is changed', async () => {
    const page = await as('employee', '/customers')
    await register(page, 'Ernesto Guambe', '84 444')
    await page.getByRole('link', { name: 'Edit' }).click()
    await page.getByLabel('Phone').fill('86 555')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('link', { name: '86 555' }).waitFor()
  })

  test('erasing asks for a word, makes the data unreadable, and is for administrators only', async () => {
    const employee = await as('employee', '/customers')
    await register(employee, 'Rosa Langa', '84 666')
    const address = new URL(employee.url()).pathname
    assert.equal(await employee.getByRole('link', { name: 'Erase personal data' }).count(), 0)
    assert.equal((await employee.goto(`${address}/erase`))?.status(), 403)

    const page = await as('admin', address)
    await page.getByRole('link', { name: 'Erase personal data' }).click()
    assert.deepEqual(await seriousFlaws(page), [])
    await page.getByRole('button', { name: 'Erase personal data' }).click()
    await page.getByRole('alert').getByText('1 field to put right').waitFor()
    await page.getByLabel('To confirm, type “erase”').fill('erase')
    await page.getByRole('button', { name: 'Erase personal data' }).click()
    await page.getByRole('heading', { name: 'Erased customer', level: 1 }).waitFor()
    assert.equal(await page.getByText('Rosa Langa').count(), 0)
    await page.goto('/customers?search=rosa')
    await page.getByText('Nothing found').waitFor()
  })
})
