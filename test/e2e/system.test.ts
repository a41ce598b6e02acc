// The system monitor in a real browser: how it is at a glance, and why.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { seriousFlaws, signedIn } from './browser.ts'
import { office } from './office.ts'

describe('the system monitor', () => {
  const { as, shop, browser } = office()

  test('says in words how each part is, and what the requests were like', async () => {
    const page = await as('admin', '/system')
    await page.getByRole('heading', { name: 'System monitor' }).waitFor()
    for (const part of ['Event store', 'Read models', 'Projections', 'Disk', 'Memory', 'Event loop'])
      assert.match(await page.getByRole('row', { name: part }).innerText(), /All is well/, part)
    await page.locator('#response-time .tile-value', { hasText: 'ms' }).waitFor()
    assert.deepEqual(await seriousFlaws(page), [])
  })

  test('fits a phone, in Portuguese, in the dark', async () => {
    const { page, context, errors } = await signedIn(browser(), shop().url, 'admin', {
      locale: 'pt-PT',
      viewport: { width: 390, height: 844 },
      colorScheme: 'dark',
    })
    await page.goto('/system')
    await page.getByRole('heading', { name: 'Monitor do sistema' }).waitFor()
    assert.equal(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), 0)
    assert.deepEqual([await seriousFlaws(page), errors], [[], []])
    await context.close()
  })

  test('is no place of a manager', async () => {
    const page = await as('manager', '/system')
    assert.equal(await page.getByRole('link', { name: 'System monitor' }).count(), 0)
    assert.equal(await page.getByRole('row', { name: 'Event store' }).count(), 0)
  })
})
