// The system monitor in a real browser: how it is at a glance, and why.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { raiseAlert } from '../../src/commands/alerts.ts'
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

  test('an alert is seen to, a rule is changed, and alerts are kept quiet', async () => {
    const { system } = shop()
    await raiseAlert(system, { kind: 'disk', subject: 'node-1', detail: '93 %' }, system.self('tests'))
    await shop().fresh('/api/system/alerts')
    const page = await as('admin', '/system/alerts')
    await page.getByRole('button', { name: 'I see to it: The disk is nearly full' }).click()
    await page.getByText('admin sees to it').waitFor()

    await page.getByRole('link', { name: 'Edit: Slow answers' }).click()
    await page.getByLabel('Trouble from').fill('500')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.locator('#field-clear[aria-invalid]').waitFor()
    await page.getByLabel('Over at').fill('300')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('row', { name: 'Slow answers' }).getByText('500 ms').waitFor()

    await page.getByLabel('Reason').fill('Cleaning up')
    await page.getByRole('button', { name: 'Keep quiet' }).click()
    await page.getByText('Cleaning up').waitFor()
    assert.deepEqual(await seriousFlaws(page), [])
  })

  test('a projection is stopped and started again, and says so', async () => {
    const page = await as('admin', '/system/projections')
    const row = page.getByRole('row', { name: 'suppliers' })
    await row.getByRole('button', { name: 'Stop: suppliers' }).click()
    await page.locator('#confirm-yes').click()
    await row.getByText('Stopped by an administrator').waitFor()
    await row.getByRole('button', { name: 'Start: suppliers' }).click()
    await row.getByText('Up to date').waitFor()
    await page.getByRole('table', { name: 'Reactors' }).getByText('notifications').waitFor()
    assert.deepEqual(await seriousFlaws(page), [])
  })

  test('the log is searched by severity', async () => {
    const { recentLogs } = shop().system
    for (const [level, msg] of [
      [30, 'all is well'],
      [50, 'a request failed'],
    ])
      recentLogs.add(JSON.stringify({ level, time: Date.now(), msg }))
    const page = await as('admin', '/system/logs')
    await page.getByText('all is well').waitFor()
    await page.getByRole('link', { name: 'Errors', exact: true }).click()
    await page.getByText('a request failed').waitFor()
    assert.equal(await page.getByText('all is well').count(), 0)
  })
})
