// Backups in a real browser: made, watched, verified, asked for again before they are restored, removed.
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { isSwapOrdered } from '../../src/backup/index.ts'
import { until } from '../support/until.ts'
import { seriousFlaws, signedIn } from './browser.ts'
import { office } from './office.ts'

const screenshots = process.env.SCREENSHOTS

describe('backups', () => {
  const { as, shop, browser } = office()

  test('one is made, shown until it is verified, and verified again', async () => {
    const page = await as('super-admin', '/system')
    await page.getByRole('link', { name: 'Backups' }).click()
    await page.getByText('There are no backups yet').waitFor()
    assert.deepEqual(await seriousFlaws(page), [])

    await page.getByRole('button', { name: 'Back up now' }).click()
    await page.getByText('The backup has begun.').waitFor()
    // The page asks by itself.
    const row = page.getByRole('row', { name: /Full/ })
    await row.getByText('Verified').waitFor()
    const verifiedAt = async () => (await shop().fresh('/api/system/backups')).body.items[0].verifiedAt
    const before = await verifiedAt()
    await page.getByRole('button', { name: /^Verify the backup of/ }).click()
    await page.getByText('The backup is being read whole; the list will tell how it is.').waitFor()
    await until(async () => (await verifiedAt()) !== before, { what: 'the backup to be verified again' })
    assert.deepEqual(await seriousFlaws(page), [])
  })

  test('it looks right on a phone and a desk, in both languages, light and dark', async () => {
    for (const [locale, width, colorScheme] of [
      ['pt-MZ', 390, 'light'],
      ['en-GB', 390, 'dark'],
      ['pt-MZ', 1280, 'dark'],
      ['en-GB', 1280, 'light'],
    ] as const) {
      const viewport = { width, height: 800 }
      const { page, context, errors } = await signedIn(browser(), shop().url, 'super-admin', {
        locale,
        viewport,
        colorScheme,
      })
      for (const [name, path] of [
        ['backups', '/system/backups'],
        ['restore', (await restorePath(page)) ?? ''],
      ] as const) {
        await page.goto(path)
        await page.getByRole('heading', { level: 1 }).waitFor()
        assert.deepEqual(await seriousFlaws(page), [])
        const overflow = await page.evaluate(
          'document.documentElement.scrollWidth - document.documentElement.clientWidth',
        )
        assert.equal(overflow, 0, `${name} at ${width}`)
        if (screenshots)
          await page.screenshot({
            path: join(screenshots, `${name}-${locale}-${width}-${colorScheme}.png`),
            fullPage: true,
          })
      }
      assert.deepEqual(errors, [])
      await context.close()
    }
  })

  test('a restore says what will happen, and happens only after the word', async () => {
    const page = await as('super-admin', '/system/backups')
    await page.getByRole('link', { name: /^Restore the backup of/ }).click()
    await page.getByText('Whoever was erased stays erased').waitFor()
    await page.getByLabel('Only up to').fill('yesterday')
    await page.getByLabel('Type “restore” to confirm').fill('restore')
    await page.getByRole('button', { name: 'Restore' }).click()
    await page.getByText('Write a position, or a moment').first().waitFor()
    const { toPosition } = (await shop().fresh('/api/system/backups')).body.items[0]
    await page.getByLabel('Only up to').fill(toPosition)
    await page.getByLabel('Type “restore” to confirm').fill('yes')
    await page.getByRole('button', { name: 'Restore' }).click()
    await page.getByText('Type “restore”.').first().waitFor()
    assert.deepEqual(await seriousFlaws(page), [])
    const { dataDir } = shop().system.config
    assert.ok(!isSwapOrdered(dataDir))
    await page.getByLabel('Type “restore” to confirm').fill('restore')
    await page.getByRole('button', { name: 'Restore' }).click()
    await page.getByText('The restore has begun.').waitFor()
    // No server is here that would start anew: what it would do is ordered. On servers it is told what to set.
    if (process.env.EVENT_STORE_URL || process.env.READ_MODELS_URL)
      await page.getByText('Stop the nodes, and start them all with:').waitFor({ timeout: 60_000 })
    else await until(() => isSwapOrdered(dataDir), { what: 'the swap to be ordered' })
    assert.deepEqual(await seriousFlaws(page), [])
  })

  test('one is removed after a question', async () => {
    const page = await as('super-admin', '/system/backups')
    await page.getByRole('button', { name: /^Remove the backup of/ }).click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Remove/ })
      .click()
    await page.getByText('The backup was removed.').waitFor()
    await page.getByRole('row', { name: /Full/ }).getByText('Removed').waitFor()
    assert.ok(existsSync(join(shop().system.config.dataDir, 'backups', 'archives')))
  })

  test('backups are no business of an administrator', async () => {
    const page = await as('admin', '/system')
    assert.equal(await page.getByRole('link', { name: 'Backups' }).count(), 0)
    assert.equal((await page.goto('/system/backups'))?.status(), 403)
  })
})

async function restorePath(page: import('playwright-core').Page): Promise<string | null> {
  await page.goto('/system/backups')
  return page.locator('a[href$="/restore"]').first().getAttribute('href')
}
