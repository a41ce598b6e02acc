// The pages of purchasing in a real browser: a supplier, an order, deliveries in parts, the end of an order, the proposal.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { seriousFlaws } from './browser.ts'
import { office } from './office.ts'

describe('the pages of purchasing', () => {
  const { as, shop } = office()

  const order = async (page: Page, quantity: string) => {
    await page.goto('/orders/new')
    await page.getByLabel('Supplier').selectOption({ label: 'Armazéns do Índico' })
    await page.getByLabel('Product').fill('ARZ-25')
    await page.getByLabel('Quantity').fill(quantity)
    await page.getByLabel('Unit cost').fill('79')
    await page.getByRole('button', { name: 'Place the order' }).click()
    await page.getByText('Order placed.').waitFor()
  }

  test('a supplier is recorded; a wrong NUIT is told beside its field', async () => {
    const page = await as('manager', '/suppliers')
    assert.deepEqual(await seriousFlaws(page), [])
    await page.getByRole('link', { name: 'New supplier' }).first().click()
    await page.getByLabel('Name').fill('Armazéns do Índico')
    await page.getByLabel('NUIT').fill('123')
    await page.getByRole('button', { name: 'Create supplier' }).click()
    await page.locator('#error-nuit').waitFor()
    assert.equal(await page.getByLabel('Name').inputValue(), 'Armazéns do Índico')
    assert.deepEqual(await seriousFlaws(page), [])
    await page.getByLabel('NUIT').fill('')
    await page.getByRole('button', { name: 'Create supplier' }).click()
    await page.getByText('Supplier saved.').waitFor()
    await page.getByRole('link', { name: 'Armazéns do Índico', exact: true }).click()
    await page.getByLabel('Phone').fill('+258 84 000 0000')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('link', { name: '+258 84 000 0000' }).waitFor()
  })

  test('a supplier who is used no more is used again, at once or later', async () => {
    const page = await as('manager', '/suppliers/new')
    await page.getByLabel('Name').fill('Moagem do Save')
    await page.getByRole('button', { name: 'Create supplier' }).click()
    const row = page.getByRole('row', { name: /Moagem do Save/ })
    const stopUsing = async () => {
      await row.getByRole('button', { name: 'Stop using' }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Stop using' }).click()
      await page.getByText('Nothing more is ordered from them.').waitFor()
      await row.waitFor({ state: 'detached' })
    }
    await stopUsing()
    await page.getByRole('button', { name: 'Undo' }).click()
    await row.waitFor()
    await stopUsing()
    await page.goto('/suppliers?show=discontinued')
    await row.getByRole('button', { name: 'Use again' }).click()
    await page.getByText('It is in use again.').waitFor()
    await page.goto('/suppliers')
    await row.getByText('In use').waitFor()
  })

  test('an order is placed, comes in two parts, and its path tells it', async () => {
    const page = await as('manager', '/orders')
    await order(page, '20')
    assert.deepEqual(await seriousFlaws(page), [])
    await page.getByRole('link', { name: 'Receive' }).click()
    assert.deepEqual(await seriousFlaws(page), [])
    await page.getByLabel(/How much came/).fill('25')
    await page.getByRole('button', { name: 'Receive' }).click()
    await page.locator('.error').first().waitFor()
    await page.getByLabel(/How much came/).fill('12')
    await page.getByRole('button', { name: 'Receive' }).click()
    await page.getByText('Delivery received into stock.').waitFor()
    await page.getByText('Awaiting the delivery').waitFor()
    await page.getByRole('link', { name: 'Receive' }).click()
    assert.equal(await page.getByLabel(/How much came/).inputValue(), '8')
    await page.getByRole('button', { name: 'Receive' }).click()
    await page.getByText('Wholly received').waitFor()
    const { body } = await shop().fresh(`/api/stock?product=${shop().ids.rice}&location=${shop().ids.shop}`)
    assert.equal(body.items[0].onHand, 120)
  })

  test('an order of which nothing came is cancelled with a reason', async () => {
    const page = await as('manager', '/orders')
    await order(page, '3')
    await page.getByRole('button', { name: 'Cancel the order' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel the order' }).click()
    await page.getByText('Fill in this field.').first().waitFor()
    assert.deepEqual(await seriousFlaws(page), [])
    await page.getByLabel('Reason').fill('Too dear')
    await page.getByRole('button', { name: 'Cancel the order' }).click()
    await page.getByText('Order cancelled.').waitFor()
    await page.getByText('Too dear').waitFor()
    await page.goto('/orders?show=cancelled')
    assert.equal(await page.locator('#orders-rows tr').count(), 1)
    assert.deepEqual(await seriousFlaws(page), [])
  })

  test('what runs low is proposed, changed, and ordered with one click', async () => {
    const lines = [{ productId: shop().ids.rice, change: -118 }]
    const adjustment = { locationId: shop().ids.shop, reason: 'damaged', note: '', lines }
    const answer = await shop().call('POST', '/api/stock/adjustments', { as: 'manager', body: adjustment })
    assert.equal(answer.status, 201)
    await shop().fresh('/api/stock')
    const page = await as('manager', '/orders/proposal')
    assert.deepEqual(await seriousFlaws(page), [])
    await page.getByLabel(/How much of Arroz/).fill('40')
    await page.getByRole('button', { name: 'Place the orders' }).click()
    await page.getByText('Orders placed.').waitFor()
    assert.equal(await page.locator('#orders-rows tr').count(), 1)
    await page.goto('/orders/proposal')
    await page.getByText('Nothing to order').waitFor()
  })
})
