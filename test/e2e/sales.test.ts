// The pages of sales in a real browser: the list and its filters, one sale's story, refund, void, payment, receipt.
import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { registerCustomer } from '../../src/commands/customers.ts'
import { registerSale } from '../../src/commands/sales.ts'
import type { PaymentMethod } from '../../src/domain/values.ts'
import { downloaded, seriousFlaws } from './browser.ts'
import { office } from './office.ts'

describe('the pages of sales', () => {
  let customerId = ''
  const { as, shop } = office()

  before(async () => {
    const customer = await registerCustomer(shop().system, { name: 'Escola Primária' }, shop().system.self('tests'))
    assert(!customer.rejected)
    customerId = customer.value.id
  })

  /** Two sacks of rice, and three bottles of oil at a discount. */
  async function sell(method: PaymentMethod = 'cash') {
    const sold = await registerSale(
      shop().system,
      {
        locationId: shop().ids.shop,
        lines: [
          { productId: shop().ids.rice, quantity: 2 },
          { productId: shop().ids.oil, quantity: 3, discount: 99 },
        ],
        payment: { method, tendered: method === 'cash' ? 30_000 : null },
        customerId: method === 'account' ? customerId : null,
        mayChangePrice: false,
        mayDiscount: true,
        mayOverride: false,
      },
      shop().system.self('tests'),
    )
    assert(!sold.rejected)
    await shop().fresh('/api/sales')
    return sold.value
  }
  const confirm = (page: Page) => page.locator('#confirm-yes').click()

  test('finds a sale by its number, and says which filters are on', async () => {
    const { document } = await sell()
    await sell('card')
    const page = await as('employee', '/sales')
    await page.getByRole('searchbox', { name: 'Document number' }).fill(document)
    await page.getByLabel('Payment').selectOption('cash')
    await page.getByRole('button', { name: 'Filter' }).click()
    assert.equal(await page.locator('#sales-rows tr').count(), 1)
    await page.getByRole('link', { name: 'Remove the filter Cash' }).waitFor()
    await page.getByRole('link', { name: document, exact: true }).click()
    await page.getByRole('heading', { name: document }).waitFor()
    assert.deepEqual(await seriousFlaws(page), [])
  })

  test('hands out what is seen as CSV', async () => {
    const { document } = await sell()
    const page = await as('employee', `/sales?search=${encodeURIComponent(document)}`)
    const { content } = await downloaded(page, 'Download CSV')
    const lines = content.toString().trim().split('\n')
    assert.equal(lines.length, 2)
    assert.match(lines[1] ?? '', new RegExp(`${document}.*277\\.00`))
  })

  test('shows what will be given back, gives it back, and tells it in the story', async () => {
    const { id } = await sell()
    const page = await as('employee', `/sales/${id}/refund`)
    await page.getByRole('button', { name: 'Refund MT 277.00' }).waitFor()
    await page.getByLabel(/Arroz/).fill('1')
    await page.getByLabel(/Óleo/).fill('0')
    await page.getByRole('button', { name: 'Refund MT 116.00' }).waitFor()
    assert.deepEqual(await seriousFlaws(page), [])
    await page.getByLabel('Reason for the refund').fill('A torn sack')
    await page.getByRole('button', { name: 'Refund MT 116.00' }).click()
    await confirm(page)
    await page.getByText('Refund registered.').waitFor()
    const story = page.getByRole('list', { name: 'The story of this sale' })
    await story.getByText('Refund of MT 116.00').waitFor()
    await story.getByText('“A torn sack”').waitFor()
    await story.getByRole('link', { name: /^NC / }).click()
    await page.getByText('Refers to VD').waitFor()
  })

  test('keeps what was typed when a refund asks for too much or says no reason', async () => {
    const { id } = await sell()
    const page = await as('employee', `/sales/${id}/refund`)
    await page.getByLabel(/Arroz/).fill('7')
    await page.getByText('Only 2 can be given back.').waitFor()
    await page.getByLabel(/Arroz/).fill('1')
    await page.getByRole('button', { name: /^Refund MT/ }).click()
    await confirm(page)
    await page.getByRole('link', { name: 'Fill in this field.' }).waitFor()
    assert.equal(await page.getByLabel(/Arroz/).inputValue(), '1')
  })

  test('voids a sale of today; afterwards nothing more can be done with it', async () => {
    const { id } = await sell()
    const page = await as('manager', `/sales/${id}`)
    await page.getByRole('link', { name: 'Void the sale' }).click()
    await page.getByLabel('Reason for voiding').fill('Rung up twice')
    await page.getByRole('button', { name: 'Void the sale' }).click()
    await confirm(page)
    await page.getByText('Sale voided.').waitFor()
    await page.getByText('“Rung up twice”').waitFor()
    assert.equal(await page.getByRole('link', { name: 'Refund' }).count(), 0)
  })

  test('lets an employee refund, but not void', async () => {
    const { id } = await sell()
    const page = await as('employee', `/sales/${id}`)
    await page.getByRole('link', { name: 'Refund' }).waitFor()
    assert.equal(await page.getByRole('link', { name: 'Void the sale' }).count(), 0)
    assert.equal((await page.goto(`/sales/${id}/void`))?.status(), 403)
  })

  test('takes the payment of an invoice, whole or in parts, and prints a receipt for it', async () => {
    const { id } = await sell('account')
    const page = await as('employee', `/sales/${id}`)
    await page.getByText('Still owed: MT 277.00').waitFor()
    await page.getByRole('link', { name: 'Take a payment' }).click()
    await page.getByLabel('Amount received').fill('9999')
    await page.getByRole('button', { name: 'Register the payment' }).click()
    await page.getByRole('link', { name: 'Only MT 277.00 is owed.' }).waitFor()
    await page.getByLabel('Amount received').fill('100')
    await page.getByText('M-Pesa').click()
    await page.getByRole('button', { name: 'Register the payment' }).click()
    await page.getByText('Still owed: MT 177.00').waitFor()
    await page.getByRole('link', { name: /^RC / }).click()
    await page.getByRole('article', { name: 'Receipt' }).getByText('MT 100.00').waitFor()
    assert.deepEqual(await seriousFlaws(page), [])
  })

  test('prints the receipt on 80 mm, and gives it as PDF', async () => {
    const { id, document } = await sell()
    const page = await as('employee', `/sales/${id}/receipt`)
    const paper = page.getByRole('article', { name: 'Receipt' })
    await paper.getByText(document).waitFor()
    await paper.getByText(/VAT 16% on 238\.79/).waitFor()
    const pdf = await page.request.get(`/sales/${id}/receipt.pdf`)
    assert.equal(pdf.headers()['content-type'], 'application/pdf')
    assert.equal((await pdf.body()).subarray(0, 5).toString(), '%PDF-')
    assert.equal((await page.goto(`/sales/${id}/receipt?document=VD%20NONE-2026/1`))?.status(), 404)
  })

  test('can be read without JavaScript, on a phone too', async () => {
    const { id, document } = await sell()
    const page = await as('employee', '/sales', { javaScriptEnabled: false, viewport: { width: 390, height: 844 } })
    await page.getByRole('link', { name: document, exact: true }).click()
    assert.match(page.url(), new RegExp(id))
    await page.getByText('Registered for MT 277.00').waitFor()
    const wide = await page.evaluate('document.documentElement.scrollWidth')
    assert.equal(wide, 390, 'nothing stands out to the side')
  })
})
