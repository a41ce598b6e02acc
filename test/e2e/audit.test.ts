// The audit pages in a real browser: the log explored, one event followed, stories, seals, the past and what might have been.
import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { devices } from 'playwright-core'
import { collect } from '../../src/kernel/event-store.ts'
import { seriousFlaws, signedIn } from './browser.ts'
import { office } from './office.ts'

/** With it, each page is photographed into that folder, for people to look at. */
const pictures = process.env.SCREENSHOTS

describe('the audit pages', () => {
  const { as, shop, browser } = office()
  const sell = async (quantity: number): Promise<string> => {
    const { ids, call } = shop()
    const lines = [{ productId: ids.rice, quantity }]
    const sale = { locationId: ids.shop, lines, payment: { method: 'mpesa' } }
    const { status, body } = await call('POST', '/api/sales', { as: 'employee', body: sale })
    assert.equal(status, 201)
    return body.id
  }

  test('the log is explored: by type, by person, by stream and by day, page after page', async () => {
    for (let times = 0; times < 12; times += 1) await sell(1)
    const page = await as('auditor', '/audit')
    assert.deepEqual(await seriousFlaws(page), [])
    const rows = page.locator('#events tbody tr')
    assert.equal(await rows.count(), 50)
    await page.getByRole('link', { name: 'Next' }).click()
    await page.getByRole('link', { name: 'Previous' }).waitFor()
    assert.match(page.url(), /after=\d+/)

    await page.goto('/audit')
    await page.getByLabel('Type').selectOption({ label: 'Sale registered' })
    await page.getByRole('button', { name: 'Filter' }).click()
    await page.getByRole('link', { name: /Remove.*Sale registered/ }).waitFor()
    assert.equal(await rows.count(), 12)
    await page.goto('/audit?type=SaleRegistered&person=nobody')
    await page.getByText('Nothing found').waitFor()
    await page.goto('/audit?to=2020-01-01')
    await page.getByText('Nothing found').waitFor()
    const { ids } = shop()
    await page.goto(`/audit?stream=stock-${ids.rice}@${ids.shop}&type=StockSold`)
    assert.equal(await rows.count(), 12)
  })

  test('what is sealed is found as well as what is not yet, in the same order', async () => {
    const list = async () => {
      const page = await as('auditor', '/audit?type=StockSold')
      return page.locator('#events tbody tr').evaluateAll((rows) => rows.map(({ id }) => id))
    }
    const before = await list()
    for (let count = 0; count < 60; count += 1) await sell(1)
    await shop().call('POST', '/api/audit/seals', { as: 'admin' })
    const after = await list()
    assert.equal(after.length, 50)
    const page = await as('auditor', '/audit?type=StockSold')
    await page.getByRole('link', { name: 'Next' }).click()
    await page.getByRole('link', { name: 'Previous' }).waitFor()
    const rest = await page.locator('#events tbody tr').evaluateAll((rows) => rows.map(({ id }) => id))
    assert.deepEqual(rest.slice(-before.length), before)
    assert.equal(new Set([...after, ...rest]).size, after.length + rest.length)
  })

  test('an event leads to all that its request did, to its proof, and to the story of its sale', async () => {
    const saleId = await sell(3)
    await shop().call('POST', '/api/audit/seals', { as: 'admin' })
    await shop().fresh('/api/sales')
    const page = await as('auditor', `/audit?stream=sale-${saleId}`)
    await page.getByRole('link', { name: 'Sale registered' }).click()
    await page.getByRole('heading', { name: 'Sale registered', level: 1 }).waitFor()
    await page.getByText('Sealed', { exact: true }).waitFor()
    const path = page.getByRole('list', { name: 'What the same request did' })
    for (const name of ['Stock sold', 'Fiscal document issued']) await path.getByRole('link', { name }).waitFor()
    assert.deepEqual(await seriousFlaws(page), [])
    await page.getByRole('link', { name: 'See the story' }).click()
    await page.getByRole('heading', { name: 'Story of a sale', level: 1 }).waitFor()
    await page.getByRole('link', { name: 'Stock sold' }).waitFor()
    assert.deepEqual(await seriousFlaws(page), [])
    const { ids } = shop()
    await page.goto(`/audit/story/product/${ids.rice}`)
    await page.getByRole('link', { name: 'Product registered' }).waitFor()
    assert.equal((await page.goto('/audit/story/sale/none'))?.status(), 404)
  })

  test('the log is sealed at the press of a button, and the key replaced by a super-admin only', async () => {
    await sell(1)
    const page = await as('admin', '/audit/seals')
    await page.getByRole('button', { name: 'Seal now' }).click()
    await page.getByText('The log is sealed.').waitFor()
    assert.deepEqual(await seriousFlaws(page), [])
    assert.equal(await page.getByRole('button', { name: 'Introduce a new key' }).count(), 0)
    const above = await as('super-admin', '/audit/seals')
    await above.getByRole('button', { name: 'Introduce a new key' }).click()
    await above
      .getByRole('dialog')
      .getByRole('button', { name: /Introduce|Confirm|Yes|Continue/ })
      .click()
    await above.getByText('The new key is in use.').waitFor()
    const auditor = await as('auditor', '/audit/seals')
    assert.equal(await auditor.getByRole('button', { name: 'Seal now' }).count(), 0)
  })

  test('the whole log is verified at the press of a button', async () => {
    const page = await as('auditor', '/audit/seals')
    await page.getByRole('button', { name: 'Verify the log' }).click()
    await page.getByText(/All is as it was sealed: .* events proved/).waitFor()
    assert.deepEqual(await seriousFlaws(page), [])
  })

  test('a report is shown as it stood on a day, and there was nothing before the beginning', async () => {
    const page = await as('auditor', '/audit/past')
    await page.getByLabel('Report').selectOption('stock-value')
    const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Africa/Maputo' }).format(new Date())
    await page.getByLabel('As it stood at the end of').fill(today)
    await page.getByRole('button', { name: 'Show' }).click()
    await page.getByText(/As it stood at the end of .* only events up to position/).waitFor()
    await page.getByRole('rowheader', { name: 'Mercearia' }).first().waitFor()
    assert.deepEqual(await seriousFlaws(page), [])
    await page.goto(`/audit/past?report=sales-by-day&day=${today}`)
    await page.getByRole('link', { name: 'This week' }).click()
    await page.getByLabel('Location').selectOption(shop().ids.warehouse)
    await page.getByRole('button', { name: 'Filter' }).click()
    await page.waitForURL(/location=/)
    await page
      .getByText(/As it stood at the end of/)
      .first()
      .waitFor()
    assert.equal(await page.getByLabel('Location').inputValue(), shop().ids.warehouse)
    const { searchParams } = new URL(page.url())
    const asked = ['report', 'day', 'period', 'location'].map((name) => searchParams.get(name))
    assert.deepEqual(asked, ['sales-by-day', today, 'week', shop().ids.warehouse])
    await page.goto('/audit/past?report=stock-value&day=2020-01-01')
    await page.getByText('There was nothing yet on that day.').waitFor()
  })

  test('another rule is compared with what happened', async () => {
    await sell(1)
    const page = await as('auditor', '/audit/what-if')
    await page.getByLabel('New rate (%)').fill('20')
    await page.getByRole('button', { name: 'Compare' }).first().click()
    await page.getByRole('heading', { name: 'IVA by month' }).waitFor()
    assert.deepEqual(await seriousFlaws(page), [])
    await page.goto('/audit/what-if?rule=reorder&percent=100')
    await page.getByText('Nothing would be different.').waitFor()
    await page.goto('/audit/what-if?rule=tax&from=16&to=much')
    await page.getByText('Write percentages from 0 to 100.').first().waitFor()
  })

  test('who looks at a person is recorded, once', async () => {
    const { call } = shop()
    const { body } = await call('GET', '/api/people?limit=100', { as: 'admin' })
    const employee = body.items.find(({ role }: { role: string }) => role === 'employee')
    for (let times = 0; times < 3; times += 1) await call('GET', `/api/people/${employee.id}`, { as: 'admin' })
    const page = await as('auditor', '/audit/access')
    await page.getByRole('link', { name: 'employee' }).waitFor()
    assert.equal(await page.getByRole('link', { name: 'employee' }).count(), 1)
    assert.equal(await page.getByText('List of people').count(), 1)
    assert.deepEqual(await seriousFlaws(page), [])
  })

  test('the pages are for those who may', async () => {
    const page = await as('employee', '/')
    for (const path of ['/audit', '/audit/seals', '/audit/past', '/audit/what-if', '/audit/access'])
      assert.equal((await page.goto(path))?.status(), 403, path)
  })

  test('everything fits a phone and a desk, in both languages, light and dark', async () => {
    await shop().call('POST', '/api/audit/seals', { as: 'admin' })
    const [last] = await collect(shop().system.store.readAll({ direction: 'backwards', limit: 1 }))
    const paths = {
      audit: '/audit',
      event: `/audit/events/${last?.position}`,
      story: `/audit/story/product/${shop().ids.rice}`,
      seals: '/audit/seals',
      past: '/audit/past?report=stock-value&day=2099-01-01',
      'what-if': '/audit/what-if?rule=tax&from=16&to=17',
      access: '/audit/access',
    }
    const { defaultBrowserType: _, ...phone } = devices['iPhone 13'] ?? assert.fail('playwright knows this phone')
    for (const [look, options] of [
      ['phone', { ...phone, locale: 'pt', colorScheme: 'dark' }],
      ['desk', { viewport: { width: 1280, height: 800 }, locale: 'en-GB', colorScheme: 'light' }],
    ] as const) {
      const { page, context, errors } = await signedIn(browser(), shop().url, 'super-admin', options)
      for (const [name, path] of Object.entries(paths)) {
        assert.equal((await page.goto(path))?.status(), 200, path)
        const overflow = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth')
        assert.ok(Number(overflow) <= 1, `${name} is ${overflow} px wider than the ${look}`)
        if (!pictures) continue
        mkdirSync(pictures, { recursive: true })
        await page.screenshot({ path: join(pictures, `${name}-${look}.png`), fullPage: true })
      }
      assert.deepEqual(errors, [])
      await context.close()
    }
  })
})
