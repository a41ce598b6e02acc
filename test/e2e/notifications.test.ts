// Notifications and mail in a real browser: what runs low is told, read, and found in the outbox.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { startTelling, type Telling } from '../support/telling.ts'
import { seriousFlaws } from './browser.ts'
import { office } from './office.ts'

describe('notifications', () => {
  const { shop, as } = office()
  let telling: Telling
  before(async () => {
    telling = await startTelling(shop())
    await telling.runLow()
    await telling.digest()
    await telling.sent(1)
  })
  after(() => telling.stop())

  test('what runs low rings the bell, is read with one press, and stays in the list', async () => {
    const page = await as('manager', '/notifications')
    await page.getByRole('link', { name: '1 unread notification' }).waitFor()
    await page.getByText('Arroz 25 kg: 3 un left').waitFor()
    assert.deepEqual(await seriousFlaws(page), [])
    await page.getByRole('button', { name: 'Mark as read', exact: true }).click()
    await page.getByText('Nothing unread').waitFor()
    await page.getByRole('link', { name: 'Notifications: none unread' }).waitFor()
    await page.goto('/notifications?show=all')
    await page.getByRole('button', { name: 'Arroz 25 kg: 3 un left' }).click()
    await page.getByRole('heading', { name: 'Arroz 25 kg', level: 1 }).waitFor()
  })

  test('the mail about it is kept in the local outbox, and shows how it reads', async () => {
    const page = await as('admin', '/mail')
    await page.getByText('No mail server is configured').waitFor()
    assert.deepEqual(await seriousFlaws(page), [])
    await page.getByRole('link', { name: 'Low stock' }).click()
    await page.getByRole('list', { name: 'Story of the e-mail' }).getByText('Kept in the local outbox').waitFor()
    await page.frameLocator('iframe').getByRole('cell', { name: 'Arroz 25 kg' }).waitFor()
    assert.deepEqual(await seriousFlaws(page), [])
  })
})
