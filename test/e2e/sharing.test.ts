// What pages are told, in browsers that lack something: without shared workers one page has the connection of all; another log is said; and
// notifications of the browser, for those who ask for them.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { sell } from '../push/selling.ts'
import { startTelling, type Telling } from '../support/telling.ts'
import { until } from '../support/until.ts'
import { signedIn } from './browser.ts'
import { office, patience } from './office.ts'

describe('a browser', () => {
  const { shop, browser } = office()
  let telling: Telling
  before(async () => {
    telling = await startTelling(shop())
  })
  after(() => telling.stop())

  /** A manager's browser, changed by a script before any page's own. */
  async function manager(script: string) {
    const { context, page } = await signedIn(browser(), shop().url, 'manager')
    await page.close()
    await context.addInitScript(script)
    const open = async (path: string): Promise<Page> => {
      const opened = await context.newPage()
      opened.setDefaultTimeout(patience)
      await opened.goto(path)
      await opened.locator('#connection[data-state="online"]').waitFor()
      return opened
    }
    return { context, open }
  }
  const sockets = () => shop().system.push.stats().sockets
  const sales = (page: Page, count: number) => page.getByText(`${count} sales`, { exact: true }).waitFor()

  test('without shared workers has one connection for all its pages, which another takes over when its page goes', async () => {
    const { context, open } = await manager('delete globalThis.SharedWorker')
    const first = await open('/sales')
    const second = await open('/sales')
    const third = await open('/sales')
    await until(() => sockets() === 1, { what: 'one connection' })
    await Promise.all([sell(shop()), sell(shop())])
    for (const page of [third, second, first]) {
      await page.bringToFront()
      await sales(page, 2)
    }
    await first.close()
    await sell(shop())
    for (const page of [second, third]) {
      await page.bringToFront()
      await sales(page, 3)
    }
    await until(() => sockets() === 1, { what: 'one connection again' })
    await context.close()
    await until(() => sockets() === 0, { what: 'the end of it' })
  })

  test('without shared workers and without locks, as on an origin that is not secure, has one for each page', async () => {
    const { context, open } = await manager('delete globalThis.SharedWorker; delete Navigator.prototype.locks')
    const pages = [await open('/sales'), await open('/sales')]
    await until(() => sockets() === 2, { what: 'two connections' })
    await sell(shop())
    for (const page of pages) {
      await page.bringToFront()
      await sales(page, 4)
    }
    await context.close()
  })

  for (const [name, script] of [
    ['a shared worker', ''],
    ['the pages', 'delete globalThis.SharedWorker'],
  ] as const)
    test(`whose page knows a position that the log does not have is told so, by ${name}, and loads anew`, async () => {
      const { context, open } = await manager(script)
      await context.route('**/sales', async (route) => {
        const answer = await route.fetch()
        const body = (await answer.text()).replace(/data-position="\d+"/, 'data-position="999999999"')
        await route.fulfill({ response: answer, body })
      })
      const page = await open('/sales')
      await page.locator('.toast', { hasText: 'The data was restored from a backup' }).waitFor()
      const before = await page.locator('#sales-rows tr').count()
      await sell(shop())
      await until(async () => (await page.locator('#sales-rows tr').count()) === before + 1, { what: 'the next sale' })
      await context.close()
    })

  test('shows what is notified while nobody looks at the page, once that was asked for', async () => {
    // What the system shows cannot be seen from here: this stands for it, and tells what it was given.
    const { context, open } = await manager(`
      globalThis.shown = []
      globalThis.Notification = class {
        static permission = 'default'
        static async requestPermission() { return (this.permission = 'granted') }
        constructor(title) { globalThis.shown.push(title) }
      }`)
    const page = await open('/profile/notifications')
    await page.getByRole('button', { name: 'Tell me in this browser, too' }).click()
    await page.evaluate(`Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' })`)
    await telling.runLow()
    await until(async () => (await page.evaluate('globalThis.shown.length')) === 1, { what: 'the notification' })
    assert.deepEqual(await page.evaluate('globalThis.shown'), ['Arroz 25 kg: 3 un left'])
    await context.close()
  })
})
