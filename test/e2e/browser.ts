// A real browser for the tests of pages: signed in, watched for errors, checked for accessibility.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import type { Role } from '../../src/domain/values.ts'
import { emailOf, password } from '../support/app.ts'

const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: quiet })

/** A page of somebody who has signed in; it speaks English, so that roles and labels read like the tests. */
export async function signedIn(
  browser: Browser,
  url: string,
  role: Role,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<{ page: Page; context: BrowserContext; errors: string[] }> {
  const context = await browser.newContext({ baseURL: url, locale: 'en-GB', ...options })
  const answer = await context.request.post('/login', {
    form: { email: emailOf(role), password, next: '/profile' },
    maxRedirects: 0,
  })
  assert.equal(answer.status(), 303)
  const page = await context.newPage()
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  return { page, context, errors }
}

/** What axe-core finds that would keep somebody out. */
export async function seriousFlaws(page: Page): Promise<string[]> {
  // Over the protocol, since the page's own policy lets no foreign script in.
  await page.evaluate(axe)
  const found: { id: string; impact: string; target: string }[] = await page.evaluate(
    `axe.run().then(({ violations }) => violations.flatMap(({ id, impact, nodes }) => nodes.map(({ target }) => ({ id, impact, target: target.join(' ') }))))`,
  )
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, target }) => `${id}: ${target}`)
}

/** The file that a link of the page hands out. */
export async function downloaded(page: Page, link: string): Promise<{ name: string; content: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: link }).click()])
  const chunks: Buffer[] = []
  for await (const chunk of await download.createReadStream()) chunks.push(chunk)
  return { name: download.suggestedFilename(), content: Buffer.concat(chunks) }
}
