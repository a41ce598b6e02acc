// The till in a real browser: keyboard, scanner, reload, a dead network, two clicks, not enough stock.
import assert from 'node:assert/strict'
import { after, afterEach, before, describe, test } from 'node:test'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { registerCustomer } from '../../src/commands/customers.ts'
import type { Role } from '../../src/domain/values.ts'
import { type RunningShop, startShop } from '../support/app.ts'
import { openBrowser, seriousFlaws, signedIn } from './browser.ts'

describe('the till', () => {
  let shop: RunningShop
  let browser: Browser
  let open: BrowserContext | undefined

  before(async () => {
    shop = await startShop()
    const soap = { sku: 'SAB-1', name: 'Sabão', category: 'Higiene', unit: 'un', decimals: 0, barcode: '6001234567890' }
    const prices = { price: 4_500, cost: 3_000, taxRate: 1600, reorderPoint: 0 }
    const { id } = (await shop.call('POST', '/api/products', { as: 'admin', body: { ...soap, ...prices } })).body
    const lines = [{ productId: id, quantity: 1000, unitCost: 3_000 }]
    const receipt = { locationId: shop.ids.shop, lines }
    assert.equal((await shop.call('POST', '/api/stock/receipts', { as: 'admin', body: receipt })).status, 201)
    await shop.fresh('/api/stock')
    browser = await openBrowser()
  })
  after(async () => {
    await browser.close()
    await shop.close()
  })
  afterEach(async () => {
    await open?.close()
    open = undefined
  })

  /** A till with an empty basket, as somebody of this role sees it. */
  async function till(role: Role = 'employee'): Promise<{ page: Page; context: BrowserContext; errors: string[] }> {
    const opened = await signedIn(browser, shop.url, role)
    open = opened.context
    await opened.page.goto('/till')
    return opened
  }

  const search = (page: Page) => page.getByRole('searchbox', { name: 'Name, SKU or barcode' }).first()
  const basket = (page: Page) => page.getByRole('region', { name: 'Basket' }).getByRole('listitem')
  const total = (page: Page) => page.locator('.till-total-value').first()
  const complete = (page: Page) => page.getByRole('button', { name: 'Complete the sale' })
  const isSold = (page: Page) => page.getByRole('heading', { name: 'Sale registered' }).waitFor()
  const sales = async () => (await shop.fresh('/api/sales?limit=200')).body.items.length as number

  /** Types a name and Enter, and waits for its line. */
  async function add(page: Page, what: string): Promise<void> {
    const lines = await basket(page).count()
    await search(page).fill(what)
    await search(page).press('Enter')
    await page.waitForFunction((before) => document.querySelectorAll('[data-line]').length > before, lines)
  }

  /** Like a scanner: many signs in no time, then Enter. */
  const scan = (page: Page, code: string): Promise<void> =>
    page.evaluate((code) => {
      for (const key of [...code, 'Enter'])
        (document.activeElement ?? document.body).dispatchEvent(
          new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }),
        )
    }, code)

  test('sells by keyboard alone: find, Enter, F4, Enter; then shows the change and begins anew', async () => {
    const { page, errors } = await till()
    await page.keyboard.type('arroz')
    await page.keyboard.press('Enter')
    await basket(page).first().waitFor()
    await page.keyboard.press('+')
    assert.equal(await total(page).innerText(), '232.00 MT')
    await page.keyboard.press('F4')
    await page.keyboard.type('500')
    assert.match(await page.locator('#till-change').innerText(), /Change\s+MT\s268\.00/)
    await page.keyboard.press('Enter')
    await isSold(page)
    assert.match(await page.locator('#till-done').innerText(), /268\.00/)
    await page.keyboard.press('Enter')
    await page.getByText('The basket is empty').waitFor()
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'till-search')
    assert.deepEqual(errors, [])
  })

  test('takes exact cash with two strokes', async () => {
    const { page } = await till()
    await add(page, 'OLEO-1')
    await page.keyboard.press('F4')
    await page.keyboard.press('Enter')
    await isSold(page)
  })

  test('keeps the basket over a reload', async () => {
    const { page } = await till()
    await add(page, 'ARZ-25')
    await add(page, 'OLEO-1')
    await page.reload()
    assert.equal(await basket(page).count(), 2)
    assert.equal(await total(page).innerText(), '131.33 MT')
  })

  test('registers one sale however often it is clicked', async () => {
    const { page } = await till()
    const before = await sales()
    await add(page, 'ARZ-25')
    await complete(page).dblclick()
    await isSold(page)
    assert.equal(await sales(), before + 1)
  })

  test('sends again what had no answer, after a reload too, and registers it once', async () => {
    const { page, context } = await till()
    const before = await sales()
    await add(page, 'ARZ-25')
    // The server registers it, but its answer is lost on the way.
    await context.route('**/till/sales', async (route) => {
      await route.fetch()
      await route.abort()
    })
    await complete(page).click()
    await page.getByText('The sale was sent, but no answer came').waitFor()
    await context.unroute('**/till/sales')
    await page.reload()
    await isSold(page)
    assert.equal(await sales(), before + 1)
    await page.getByRole('button', { name: 'New sale' }).click()
    await page.getByText('The basket is empty').waitFor()
  })

  test('keeps on filling the basket while the network is down, and sells when it is back', async () => {
    const { page, context } = await till()
    await context.setOffline(true)
    await page.getByRole('button', { name: /Arroz/ }).click()
    await page.getByRole('button', { name: /Óleo/ }).click()
    await complete(page).click()
    await page.getByText('No network: the sale is not registered yet').waitFor()
    assert.equal(await basket(page).count(), 2)
    await context.setOffline(false)
    await page.getByText('No network: the sale is not registered yet').waitFor({ state: 'detached' })
    await complete(page).click()
    await isSold(page)
  })

  test('takes a scanned code wherever the focus is, and puts right the field it was typed into', async () => {
    const { page } = await till()
    await add(page, 'OLEO-1')
    await page.keyboard.press('F4')
    await scan(page, '6001234567890')
    await basket(page).nth(1).waitFor()
    assert.equal(await page.getByLabel('Handed over').inputValue(), '')
    await scan(page, 'NOT-KNOWN')
    await page.getByText('No product with “NOT-KNOWN”.').waitFor()
  })

  test('undoes the last change, removes and changes lines', async () => {
    const { page } = await till()
    await add(page, 'ARZ-25')
    await page.keyboard.press('Delete')
    await page.getByText('The basket is empty').waitFor()
    await page.keyboard.press('Control+z')
    assert.equal(await basket(page).count(), 1)
    await page.keyboard.press('F6')
    await page.getByLabel('Quantity').fill('3')
    await page.getByLabel('Discount').fill('10 %')
    await page.keyboard.press('Enter')
    assert.equal(await total(page).innerText(), '313.20 MT')
    assert.equal(await page.getByLabel('Price').count(), 0, 'an employee may not change the price')
  })

  test('says what is short, sells what there is, or sells it anyway for a reason where that is permitted', async () => {
    const { page } = await till('manager')
    await add(page, 'OLEO-1')
    await page.keyboard.press('F6')
    await page.getByLabel('Quantity').fill('500')
    await page.keyboard.press('Enter')
    await page.keyboard.press('F9')
    await page.getByText(/Óleo 1 l: there are \d+, you asked for 500/).waitFor()
    await page.getByLabel('Why is there more').fill('A delivery was not entered yet')
    await page.getByRole('button', { name: 'Sell it anyway' }).click()
    await isSold(page)
  })

  test('offers an employee only what there is', async () => {
    const { page } = await till()
    await add(page, 'ARZ-25')
    await page.keyboard.press('F6')
    await page.getByLabel('Quantity').fill('500')
    await page.keyboard.press('Enter')
    await page.keyboard.press('F9')
    await page.getByText(/Arroz 25 kg: there are \d+/).waitFor()
    assert.equal(await page.getByRole('button', { name: 'Sell it anyway' }).count(), 0)
    await page.getByRole('button', { name: 'Sell only what there is' }).click()
    await complete(page).click()
    await isSold(page)
  })

  test('asks for the customer of a sale on account', async () => {
    const context = shop.system.self('tests')
    const registered = await registerCustomer(shop.system, { name: 'Escola Primária' }, context)
    assert(!registered.rejected)
    await shop.fresh('/api/sales')
    const { page } = await till('manager')
    await add(page, 'SAB-1')
    await page.getByText('Account', { exact: true }).click()
    assert.equal(await complete(page).getAttribute('aria-disabled'), 'true')
    await page.getByRole('button', { name: /^Customer/ }).click()
    await page.getByRole('searchbox', { name: 'Name, phone or NUIT' }).fill('escola')
    await page.getByRole('button', { name: 'Escola Primária' }).click()
    await complete(page).click()
    await isSold(page)
    assert.match(await page.locator('#till-done').innerText(), /FT BXA1/)
  })

  test('keeps nobody out', async () => {
    const { page } = await till()
    await add(page, 'SAB-1')
    assert.deepEqual(await seriousFlaws(page), [])
  })
})
