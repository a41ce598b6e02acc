// The design system in a real browser: accessible in both themes and sizes, true to the content security policy, working by keyboard.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import axe from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { startBrowser } from './browser.ts'
import { type Gallery, openGallery, sampleNames } from './gallery.ts'

const desktop = { width: 1280, height: 800 }
const phone = { width: 390, height: 844 }

let gallery: Gallery
let browser: Browser

before(async () => {
  gallery = await openGallery()
  browser = await startBrowser()
})
after(async () => {
  await browser.close()
  await gallery.close()
})

const open = async (
  name: string,
  { theme = 'light', size = desktop }: { theme?: 'light' | 'dark'; size?: typeof desktop } = {},
) => {
  // The policy forbids inline code to the pages; axe is put in beside it.
  const page = await browser.newPage({ viewport: size, bypassCSP: false })
  const complaints: string[] = []
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(gallery.address(name, 'pt-MZ', theme))
  return { page, complaints }
}

const violations = async (page: Page): Promise<string[]> => {
  await page.evaluate(axe.source)
  const { violations: found } = await page.evaluate<axe.AxeResults>('axe.run()')
  return found.flatMap(({ id, impact, nodes }) => nodes.map(({ html }) => `${impact} ${id}: ${html.slice(0, 120)}`))
}

for (const name of sampleNames)
  for (const view of [
    { theme: 'light', size: desktop },
    { theme: 'dark', size: phone },
  ] as const)
    test(`axe finds nothing on the ${name}, ${view.theme}, ${view.size.width} wide; nothing is blocked or broken`, async () => {
      const { page, complaints } = await open(name, view)
      assert.deepEqual(await violations(page), [])
      assert.deepEqual(complaints, [])
      const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
      assert.equal(overflow, 0, 'the page does not scroll sideways')
      await page.close()
    })

test('Ctrl K, a few letters without accents and Enter lead to a place', async () => {
  const { page } = await open('dashboard')
  await page.keyboard.press('Control+k')
  await page.keyboard.type('sessoes')
  assert.equal(await page.locator('[role="option"]:visible').count(), 1)
  await page.keyboard.press('Enter')
  await page.waitForURL('**/cash')
  await page.close()
})

test('the theme changes at once and is remembered', async () => {
  const { page } = await open('dashboard')
  await page.locator('.person-button').click()
  await page.locator('[data-set-theme="dark"]').click()
  assert.equal(await page.locator('html').getAttribute('data-theme'), 'dark')
  assert.match(await page.evaluate<string>('document.cookie'), /theme=dark/)
  await page.close()
})

test('what cannot be undone asks first, and does nothing when refused', async () => {
  const { page } = await open('sale')
  const posts: string[] = []
  page.on('request', (request) => request.method() === 'POST' && posts.push(request.url()))
  await page.getByRole('button', { name: 'Anular venda' }).click()
  await page.locator('#confirm[open]').getByRole('button', { name: 'Cancelar' }).click()
  await page.locator('#confirm').waitFor({ state: 'hidden' })
  assert.deepEqual(posts, [])
  await page.getByRole('button', { name: 'Anular venda' }).click()
  assert.equal(
    await page.locator('#confirm-yes').textContent(),
    'Anular venda',
    'the button is the verb that was pressed',
  )
  const sent = page.waitForRequest('**/void')
  await page.locator('#confirm-yes').click()
  assert.equal((await sent).method(), 'POST')
  await page.close()
})

test('without network the page says so, and a form keeps what was typed', async () => {
  const { page } = await open('form')
  await page.locator('#field-sku').fill('ARZ-1')
  await page.context().setOffline(true)
  await page.locator('#offline').waitFor({ state: 'visible' })
  await page.getByRole('button', { name: 'Guardar' }).click()
  await page.locator('.toast.tone-danger').waitFor()
  assert.equal(await page.locator('#field-sku').inputValue(), 'ARZ-1')
  assert.equal(await page.getByRole('button', { name: 'Guardar' }).isEnabled(), true)
  await page.close()
})

test('a form is sent once, however often its button is pressed', async () => {
  const { page } = await open('form')
  let posts = 0
  await page.route('**/products', async (route) => {
    posts += 1
    await route.fulfill({ status: 422, contentType: 'text/html', body: '<form id="product-form">again</form>' })
  })
  await page.evaluate(
    'const save = document.querySelector("#product-form button[type=submit]"); save.click(); save.click(); save.click()',
  )
  await page.getByText('again').waitFor()
  assert.equal(posts, 1)
  await page.close()
})

test('the arrow keys walk through the rows of a table', async () => {
  const { page } = await open('table')
  await page.locator('#products-rows th a').first().focus()
  await page.keyboard.press('ArrowDown')
  assert.equal(await page.evaluate('document.activeElement.textContent'), 'Óleo de girassol Fino 1 L')
  await page.keyboard.press('End')
  assert.equal(await page.evaluate('document.activeElement.textContent'), 'Água da Namaacha 1,5 L')
  await page.close()
})

test('whatever is touched at the till is 48 pixels high', async () => {
  const { page } = await open('till', { size: phone })
  const heights = await page
    .locator('main :is(button, .radio, input:not([type="radio"])):visible')
    .evaluateAll((found) => found.map((one) => [one.textContent?.trim(), one.getBoundingClientRect().height] as const))
  assert.deepEqual(
    heights.filter(([, height]) => height < 46),
    [],
  )
  await page.close()
})
