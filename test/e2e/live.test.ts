// Two people: one sells, and what the other looks at changes by itself; also after the network was gone.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { registerSale } from '../../src/commands/sales.ts'
import { createTask } from '../../src/commands/tasks.ts'
import { notifying } from '../../src/notifications/index.ts'
import { startReactors } from '../../src/subscribers/reactor-runner.ts'
import { type Cable, layCable } from '../push/cable.ts'
import { type RunningShop, startShop } from '../support/app.ts'
import { openBrowser, seriousFlaws, signedIn } from './browser.ts'

describe('live pages', () => {
  let shop: RunningShop
  let browser: Browser
  let cable: Cable
  let context: BrowserContext
  let errors: string[]
  const stopping = new AbortController()
  let reactors: ReturnType<typeof startReactors>

  before(async () => {
    shop = await startShop()
    const { store, keyValue, leases, log } = shop.system
    const signal = stopping.signal
    reactors = startReactors({ store, keyValue, leases, log, signal, reactors: [notifying(shop.system)] })
    cable = await layCable(shop.url)
    browser = await openBrowser()
    const manager = await signedIn(browser, cable.url, 'manager')
    context = manager.context
    errors = manager.errors
    await manager.page.close()
  })
  after(async () => {
    await browser.close()
    stopping.abort()
    await reactors.stopped
    await cable.close()
    await shop.close()
  })

  /** Somebody else sells so many bags of rice, for MT 116.00 each; the number of the document. */
  async function sell(quantity = 1): Promise<string> {
    const { system, ids } = shop
    const lines = [{ productId: ids.rice, quantity }]
    const may = { mayChangePrice: false, mayDiscount: false, mayOverride: false }
    const payment = { method: 'card', tendered: null } as const
    const sale = { locationId: ids.shop, lines, payment, customerId: null, ...may }
    const sold = await registerSale(system, sale, system.self('tests'))
    assert(!sold.rejected)
    return sold.value.document
  }

  async function open(path: string): Promise<Page> {
    const page = await context.newPage()
    page.setDefaultTimeout(15_000)
    page.on('pageerror', (error) => errors.push(error.message))
    await page.goto(path)
    await page.locator('#connection[data-state="online"]').waitFor()
    return page
  }
  const salesToday = (page: Page, amount: string) =>
    page.locator('#sales-today .tile-value', { hasText: amount }).waitFor()
  const rows = (page: Page) => page.locator('#sales-rows tr')

  test('dashboard and list follow the sales of somebody else, in place, over one connection', async () => {
    const dashboard = await open('/')
    await dashboard.getByText('No sales yet today.').waitFor()
    const first = await sell()
    await salesToday(dashboard, 'MT 116.00')
    await dashboard.getByRole('link', { name: new RegExp(first) }).waitFor()
    await dashboard.locator('[data-figure="sales-today"].changed').waitFor()

    const list = await open('/sales')
    await list.getByText('1 sale', { exact: true }).waitFor()
    const link = list.getByRole('link', { name: first })
    await link.focus()
    const second = await sell()
    await list.locator('tr.changed', { hasText: second }).waitFor()
    await list.getByText('2 sales', { exact: true }).waitFor()
    assert.equal(await rows(list).count(), 2)
    assert.equal(await list.evaluate('document.activeElement.textContent'), first, 'the focus stays')
    await dashboard.bringToFront()
    await salesToday(dashboard, 'MT 232.00')
    assert.equal(shop.system.push.stats().sockets, 1, 'one connection for both pages')
    assert.deepEqual(await seriousFlaws(dashboard), [])
    await list.close()
    await dashboard.close()
  })

  test('a list does not move under the hand that points at it', async () => {
    const list = await open('/sales')
    const before = await rows(list).count()
    await rows(list).first().hover()
    const dashboard = await open('/')
    const document = await sell()
    // The other page has been told: so has this one.
    await dashboard.bringToFront()
    await salesToday(dashboard, 'MT 348.00')
    await list.bringToFront()
    assert.equal(await rows(list).count(), before)
    await list.mouse.move(0, 0)
    await list.getByRole('link', { name: document }).waitFor()
    await list.close()
    await dashboard.close()
  })

  test('stock and tasks follow, too', async () => {
    const stock = await open('/stock?location=all')
    await sell()
    await stock.locator('tr.changed', { hasText: 'Arroz 25 kg' }).getByText('96 un').waitFor()
    await stock.close()
    const tasks = await open('/tasks?whose=all')
    const about = { title: 'Contar a prateleira', note: '', dueOn: null, subject: null, locationId: null }
    const [{ id = '' } = {}] = (await shop.fresh('/api/people')).body.items
    const assignee = { kind: 'person', id } as const
    const created = await createTask(shop.system, { ...about, assignee }, shop.system.self('tests'))
    assert(!created.rejected)
    await tasks.getByRole('link', { name: 'Contar a prateleira' }).waitFor()
    await tasks.close()
  })

  test('one sells at the till, and before the eyes of another the list and the dashboard change, a toast comes and the bell rings', async () => {
    await sell(90)
    const dashboard = await open('/')
    const list = await open('/sales')
    const before = await rows(list).count()
    await dashboard.bringToFront()
    const { page: till, context: seller } = await signedIn(browser, shop.url, 'employee')
    await till.goto('/till')
    await till.keyboard.type('arroz')
    await till.keyboard.press('Enter')
    await till.getByRole('region', { name: 'Basket' }).getByRole('listitem').first().waitFor()
    await till.keyboard.press('F4')
    await till.keyboard.type('500')
    await till.keyboard.press('Enter')
    await till.getByRole('heading', { name: 'Sale registered' }).waitFor()

    await salesToday(dashboard, 'MT 11,020.00')
    await dashboard.locator('#bell .bell-count', { hasText: '1' }).waitFor()
    await dashboard.locator('.toast', { hasText: 'Arroz 25 kg: 5 un left' }).waitFor()
    await dashboard.locator('#low-count .tile-value', { hasText: '1' }).waitFor()
    await list.bringToFront()
    await rows(list).nth(before).waitFor()
    assert.equal(await rows(list).count(), before + 1)
    await seller.close()
    await list.close()
    await dashboard.close()
  })

  test('nothing is missed and nothing doubled when the network goes and comes back', async () => {
    const list = await open('/sales')
    const before = await rows(list).count()
    cable.cut()
    await list.locator('#connection:not([data-state="online"])').waitFor()
    await list.locator('#offline').waitFor()
    await list.locator('#connection[data-state="offline"]').waitFor()
    const missed = [await sell(), await sell()]
    assert.equal(await rows(list).count(), before)
    cable.mend()
    await list.locator('#connection[data-state="online"]').waitFor()
    for (const document of missed) await list.getByRole('link', { name: document, exact: true }).waitFor()
    assert.equal(await rows(list).count(), before + 2)
    assert.equal(await list.locator('#offline').isVisible(), false)
    await list.locator('.toast').first().waitFor()
    await list.close()
    assert.deepEqual(errors, [])
  })
})
