// The cash of a till in a real browser: opened, moved, counted at the close with what is missing.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { seriousFlaws } from './browser.ts'
import { office } from './office.ts'

describe('the pages of cash', () => {
  const { as } = office()

  test('a drawer is opened with a float, sells, pays a delivery, and is counted: the difference is told', async () => {
    const page = await as('employee', '/till')
    await page.getByText('No cash session').waitFor()
    await page.getByRole('link', { name: 'Open a session' }).click()
    assert.deepEqual(await seriousFlaws(page), [])
    await page.getByLabel('Opening float').fill('1 000')
    await page.getByRole('button', { name: 'Open the till' }).click()
    await page.getByText(/Session open since/).waitFor()

    await page.keyboard.type('ARZ-25')
    await page.keyboard.press('Enter')
    await page.locator('[data-line]').waitFor()
    await page.keyboard.press('F9')
    await page.getByRole('heading', { name: 'Sale registered' }).waitFor()

    await page.goto('/cash')
    assert.deepEqual(await seriousFlaws(page), [])
    await page.getByRole('link', { name: 'Till 1' }).click()
    assert.equal(await page.getByText('MT 1,116.00').count(), 0, 'who counts does not see what is expected')
    await page.getByRole('link', { name: 'Record cash in or out' }).click()
    await page.getByLabel('Amount').fill('5000')
    await page.getByLabel('Reason').fill('Paid the bread')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('link', { name: /There should be only/ }).waitFor()
    await page.getByLabel('Amount').fill('100')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('MT 100.00 taken out').waitFor()

    await page.getByRole('link', { name: 'Close the till' }).click()
    await page.getByLabel('How many of MT 1,000.00').fill('1')
    await page.getByLabel('How many of MT 5.00').fill('3')
    assert.equal(await page.getByLabel('Total counted').inputValue(), '1015.00')
    await page.getByRole('button', { name: 'Close the till' }).click()
    await page.locator('#confirm-yes').click()
    await page.getByText('The till is closed.').waitFor()
    await page.getByText('Short by MT 1.00').first().waitFor()
    assert.deepEqual(await seriousFlaws(page), [])
  })

  test('a till that is open cannot be opened again; what was typed stays', async () => {
    const page = await as('manager', '/cash/open?till=2')
    await page.getByLabel('Opening float').fill('abc')
    await page.getByRole('button', { name: 'Open the till' }).click()
    await page.getByRole('link', { name: /Write a number/ }).waitFor()
    await page.getByLabel('Opening float').fill('500')
    await page.getByRole('button', { name: 'Open the till' }).click()
    await page.getByText(/Session open since/).waitFor()
    await page.goto('/cash/open?till=2')
    await page.getByLabel('Opening float').fill('500')
    await page.getByRole('button', { name: 'Open the till' }).click()
    await page.getByText('This till has an open session already.').waitFor()
    assert.equal(await page.getByLabel('Opening float').inputValue(), '500')
  })

  test('an employee sees only their own sessions', async () => {
    const page = await as('employee', '/cash')
    assert.equal(await page.getByRole('link', { name: 'Till 2' }).count(), 0)
  })
})
