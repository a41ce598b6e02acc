// People and one's own account in a real browser: added, promoted, shut out, erased; sessions ended; passwords changed.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { emailOf, password } from '../support/app.ts'
import { seriousFlaws } from './browser.ts'
import { office, patience } from './office.ts'

const add = async (page: Page, name: string, email: string, role = 'Employee'): Promise<string> => {
  await page.goto('/people/new')
  await page.getByLabel('Name').fill(name)
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Role').selectOption({ label: role })
  await page.getByLabel('Departments').fill('Till, Warehouse')
  await page.getByLabel('Initial password').fill('a first long password')
  await page.getByRole('button', { name: 'Add person' }).click()
  await page.getByRole('heading', { name, level: 1 }).waitFor()
  return new URL(page.url()).pathname
}

/** Signs in by the page, as a person does. */
const signIn = async (browser: Browser, url: string, email: string, typed: string): Promise<Page> => {
  const page = await browser.newPage({ baseURL: url, locale: 'en-GB' })
  page.setDefaultTimeout(patience)
  await page.goto('/login')
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(typed)
  await page.getByRole('button', { name: 'Log in' }).click()
  return page
}
const isIn = (page: Page) => page.getByRole('button', { name: /^Menu of/ }).waitFor()

describe('people', () => {
  const { as, shop, browser } = office()

  test('a person is added, and comes in with the initial password; a taken e-mail and a short password are told', async () => {
    const page = await as('admin', '/people')
    assert.deepEqual(await seriousFlaws(page), [])
    await page.getByRole('link', { name: 'New person' }).click()
    assert.deepEqual(await seriousFlaws(page), [])
    await page.getByLabel('Name').fill('Ana Sitoe')
    await page.getByLabel('E-mail').fill(emailOf('employee'))
    await page.getByLabel('Initial password').fill('short')
    await page.getByRole('button', { name: 'Add person' }).click()
    await page.getByText('At least 10 characters.', { exact: true }).first().waitFor()
    assert.equal(await page.getByLabel('Initial password').inputValue(), '')
    await page.getByLabel('Initial password').fill('a first long password')
    await page.getByRole('button', { name: 'Add person' }).click()
    await page.getByText('Another account has this e-mail.').first().waitFor()
    await add(page, 'Ana Sitoe', 'ana@shop.test')
    assert.deepEqual(await seriousFlaws(page), [])
    const hers = await signIn(browser(), shop().url, 'ana@shop.test', 'a first long password')
    await isIn(hers)
    await hers.close()
  })

  test('an administrator promotes, but makes no super-admin and touches none', async () => {
    const page = await as('admin', '/people')
    const address = await add(page, 'Rui Langa', 'rui@shop.test')
    await page.getByRole('link', { name: 'Edit' }).click()
    assert.equal(await page.getByLabel('Role').locator('option', { hasText: 'Super-admin' }).count(), 0)
    await page.getByLabel('Role').selectOption({ label: 'Manager' })
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Manager', { exact: true }).waitFor()
    assert.equal((await page.goto(`${address}/erase`))?.status(), 403)

    await page.goto('/people?role=super-admin')
    await page.getByRole('table', { name: 'People' }).getByRole('link', { name: 'super-admin' }).click()
    await page.getByText('Only a super-admin can change this account.').waitFor()
    assert.equal(await page.getByRole('link', { name: 'Edit' }).count(), 0)
    assert.equal((await page.goto(`${page.url()}/edit`))?.status(), 403)
  })

  test('who is deactivated is out at once, and may come in again once reactivated', async () => {
    const page = await as('admin', '/people')
    const address = await add(page, 'Eva Tembe', 'eva@shop.test')
    const hers = await signIn(browser(), shop().url, 'eva@shop.test', 'a first long password')
    await isIn(hers)
    await page.goto(address)
    await page.getByRole('table', { name: 'Sessions' }).getByText('Chrome').waitFor()
    await page.getByRole('button', { name: 'Deactivate' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Deactivate' }).click()
    await page.getByText('No open session').waitFor()
    await hers.goto('/profile')
    assert.match(hers.url(), /\/login/)
    await page.getByRole('button', { name: 'Reactivate' }).click()
    await page.getByText('Person reactivated.').waitFor()
    await hers.close()
  })

  test('an administrator sets a new password, which ends the sessions', async () => {
    const page = await as('admin', '/people')
    const address = await add(page, 'Zita Cossa', 'zita@shop.test')
    const hers = await signIn(browser(), shop().url, 'zita@shop.test', 'a first long password')
    await isIn(hers)
    await page.goto(`${address}/password`)
    assert.deepEqual(await seriousFlaws(page), [])
    await page.getByLabel('New password').fill('a second long password')
    await page.getByRole('button', { name: 'Set a new password' }).click()
    await page.getByText('Password set.').waitFor()
    await hers.goto('/profile')
    assert.match(hers.url(), /\/login/)
    await hers.close()
    const again = await signIn(browser(), shop().url, 'zita@shop.test', 'a second long password')
    await isIn(again)
    await again.close()
  })

  test('a super-admin erases a person for good', async () => {
    const page = await as('super-admin', '/people')
    const address = await add(page, 'Nelson Bila', 'nelson@shop.test')
    await page.getByRole('link', { name: 'Erase personal data' }).click()
    assert.deepEqual(await seriousFlaws(page), [])
    await page.getByLabel('To confirm, type “erase”').fill('erase')
    await page.getByRole('button', { name: 'Erase personal data' }).click()
    await page.getByRole('heading', { name: 'Erased person', level: 1 }).waitFor()
    assert.equal(await page.getByText('nelson@shop.test').count(), 0)
    await page.goto(address)
    assert.equal(await page.getByRole('link', { name: 'Edit' }).count(), 0)
    await add(page, 'Another Nelson', 'nelson@shop.test')
  })

  test('one changes one’s own password with the current one, and the other sessions end', async () => {
    const page = await as('employee', '/profile')
    assert.deepEqual(await seriousFlaws(page), [])
    const other = await as('employee', '/profile')
    const change = async (current: string, next: string) => {
      await page.getByLabel('Current password').fill(current)
      await page.getByLabel('New password').fill(next)
      await page.getByRole('button', { name: 'Change the password' }).click()
    }
    await change('not my password', 'a second long password')
    await page.getByText('This is not your password.').first().waitFor()
    await change(password, 'a second long password')
    await page.getByText('Your other sessions have ended.').waitFor()
    await other.reload()
    assert.match(other.url(), /\/login/)
    await change('a second long password', password)
    await page.getByText('Your other sessions have ended.').waitFor()
  })

  test('one ends another session of one’s own', async () => {
    const other = await as('manager', '/profile')
    const page = await as('manager', '/profile')
    await page.getByText('This session').waitFor()
    await page.getByRole('button', { name: 'End all others' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'End all others' }).click()
    await page.getByText('Sessions ended.').waitFor()
    await other.reload()
    assert.match(other.url(), /\/login/)
  })

  test('language and theme follow the person into another browser', async () => {
    const page = await as('manager', '/profile')
    await page.getByLabel('Português').check()
    await page.getByLabel('Dark').check()
    await page.getByRole('group', { name: 'Theme' }).locator('xpath=ancestor::form').getByRole('button').click()
    await page.getByText('Preferências guardadas.').waitFor()
    assert.equal(await page.locator('html').getAttribute('data-theme'), 'dark')
    const elsewhere = await signIn(browser(), shop().url, emailOf('manager'), password)
    await elsewhere.getByRole('button', { name: /^Menu de/ }).waitFor()
    assert.equal(await elsewhere.locator('html').getAttribute('data-theme'), 'dark')
    assert.equal(await elsewhere.locator('html').getAttribute('lang'), 'pt-MZ')
    await elsewhere.close()
  })

  test('people are no business of an employee', async () => {
    const page = await as('employee', '/')
    assert.equal(await page.getByRole('link', { name: 'People' }).count(), 0)
    assert.equal((await page.goto('/people'))?.status(), 403)
  })
})
