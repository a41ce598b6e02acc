// A running shop and a browser for the tests of the office's pages; each test looks from a person's chair.
import { after, afterEach, before } from 'node:test'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import type { Role } from '../../src/domain/values.ts'
import { type RunningShop, startShop } from '../support/app.ts'
import { openBrowser, signedIn } from './browser.ts'

/** Milliseconds after which something that does not appear is missing; servers in processes of their own, on a machine of two cores, take longer. */
export const patience = process.env.READ_MODELS_URL ? 30_000 : 10_000

type BrowserOptions = Parameters<Browser['newContext']>[0]

export interface Office {
  readonly shop: () => RunningShop
  readonly browser: () => Browser
  /** A page of somebody with that role, in a browser as asked; closed after the test. */
  as(role: Role, path: string, options?: BrowserOptions): Promise<Page>
}

const there = <Value>(value: Value | undefined): Value => {
  if (value === undefined) throw new Error('the office opens before the tests')
  return value
}

/** Opens the office before the tests of a suite and closes it after them. `options`: of its shop. */
export function office(options: Parameters<typeof startShop>[0] = {}): Office {
  let shop: RunningShop | undefined
  let browser: Browser | undefined
  const open: BrowserContext[] = []

  before(async () => {
    shop = await startShop(options)
    browser = await openBrowser()
  })
  after(async () => {
    await browser?.close()
    await shop?.close()
  })
  afterEach(async () => {
    for (const context of open.splice(0)) await context.close()
  })

  return {
    shop: () => there(shop),
    browser: () => there(browser),
    async as(role, path, options = {}) {
      const { page, context } = await signedIn(there(browser), there(shop).url, role, options)
      open.push(context)
      page.setDefaultTimeout(patience)
      await page.goto(path)
      return page
    },
  }
}
