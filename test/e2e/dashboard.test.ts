// The dashboard in a real browser: how today is, kept fresh in place.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { registerSale } from '../../src/commands/sales.ts'
import type { Role } from '../../src/domain/values.ts'
import { type RunningShop, startShop } from '../support/app.ts'
import { openBrowser, seriousFlaws, signedIn } from './browser.ts'

describe('the dashboard', () => {
  let shop: RunningShop
  let browser: Browser

  before(async () => {
    shop = await startShop()
    browser = await openBrowser()
  })
  after(async () => {
    await browser.close()
    await shop.close()
  })

  async function sell() {
    const { system, ids } = shop
    const sold = await registerSale(
      system,
      {
        locationId: ids.shop,
        lines: [{ productId: ids.rice, quantity: 1 }],
        payment: { method: 'card', tendered: null },
        customerId: null,
        mayChangePrice: false,
        mayDiscount: false,
        mayOverride: false,
      },
      system.self('tests'),
    )
    assert(!sold.rejected)
    await shop.fresh('/api/sales')
    return sold.value
  }

  async function as(role: Role, act: (page: Page) => Promise<void>) {
    const { page, context, errors } = await signedIn(browser, shop.url, role)
    await page.goto('/')
    await act(page)
    assert.deepEqual(errors, [])
    await context.close()
  }
  const refresh = (page: Page) => page.locator('[data-live]').dispatchEvent('refresh')

  test('shows a sale without being asked again, and leaves focus and what is open alone', () =>
    as('manager', async (page) => {
      await page.getByText('No sales yet today.').waitFor()
      await sell()
      await refresh(page)
      await page.locator('#sales-today').getByText('MT 116.00').waitFor()

      const tables = page.getByText('Show the figures as a table')
      await tables.first().click()
      const oldest = page.locator('#now .link-list a').last()
      await oldest.focus()
      const focused = await oldest.getAttribute('href')
      const { document } = await sell()
      await refresh(page)
      await page.locator('#sales-today').getByText('MT 232.00').waitFor()
      await page.getByRole('link', { name: new RegExp(document) }).waitFor()
      assert.equal(await page.evaluate('document.activeElement.getAttribute("href")'), focused)
      await page.locator('details[open]').waitFor()
    }))

  test('keeps its figures when the server does not answer, and says nothing', () =>
    as('manager', async (page) => {
      await page.route('**/*', (route) => (route.request().headers()['hx-request'] ? route.abort() : route.continue()))
      const failed = page.waitForEvent('requestfailed')
      await refresh(page)
      await failed
      await page.locator('#sales-today .tile-value').waitFor()
      assert.equal(await page.locator('.toast').count(), 0)
    }))

  test('leads to sign in when the session has ended meanwhile', () =>
    as('manager', async (page) => {
      await page.context().clearCookies()
      await refresh(page)
      await page.waitForURL(/\/login\?next=%2F/)
    }))

  test('shows the margin only to those who may read reports', async () => {
    await as('manager', async (page) => {
      await page.locator('#margin-today').waitFor()
      assert.deepEqual(await seriousFlaws(page), [])
    })
    await as('employee', async (page) => {
      await page.locator('#sales-today').waitFor()
      assert.equal(await page.locator('#margin-today').count(), 0)
    })
  })
})
