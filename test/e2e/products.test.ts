// The pages of products in a real browser: made, found, changed, photographed, discontinued and taken back, imported and exported.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import sharp from 'sharp'
import { seriousFlaws } from './browser.ts'
import { office } from './office.ts'

describe('the pages of products', () => {
  const { as, shop } = office()

  const csv = (text: string) => ({ name: 'products.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })

  test('a new product is made; what was typed stays where something is wrong', async () => {
    const page = await as('manager', '/products/new')
    assert.deepEqual(await seriousFlaws(page), [])
    await page.getByLabel('Name').fill('Café do Gurué 250 g')
    await page.getByLabel('SKU').fill('arz-25')
    await page.getByLabel('Category').fill('Mercearia')
    await page.getByLabel('Price with VAT').fill('2o0')
    await page.getByRole('button', { name: 'Create product' }).click()
    await page.getByText('Write a number').first().waitFor()
    assert.equal(await page.getByLabel('Name').inputValue(), 'Café do Gurué 250 g')
    assert.deepEqual(await seriousFlaws(page), [])
    await page.getByLabel('Price with VAT').fill('1 250,50')
    await page.getByRole('button', { name: 'Create product' }).click()
    await page.getByText('There is already a product with this SKU.').first().waitFor()
    await page.getByLabel('SKU').fill('CAF-1')
    await page.getByRole('button', { name: 'Create product' }).click()
    await page.getByRole('heading', { name: 'Café do Gurué 250 g' }).waitFor()
    await page.getByText('MT 1,250.50').first().waitFor()
    assert.deepEqual(await seriousFlaws(page), [])
  })

  test('a form that is sent twice makes one product', async () => {
    const page = await as('manager', '/products/new')
    const formKey = await page.locator('[name=formKey]').inputValue()
    const form = {
      formKey,
      sku: 'TWICE',
      name: 'Uma vez',
      category: 'X',
      unit: 'un',
      decimals: '0',
      price: '1',
      taxRate: '0',
    }
    const sent = await Promise.all([1, 2].map(() => page.request.post('/products/new', { form, maxRedirects: 0 })))
    const [first, second] = sent.map((answer) => [answer.status(), answer.headers().location])
    assert.equal(first?.[0], 303)
    assert.deepEqual(first, second)
  })

  test('the list is found by words while they are typed, and sorted by price', async () => {
    const page = await as('employee', '/products')
    assert.deepEqual(await seriousFlaws(page), [])
    assert.equal(await page.getByRole('link', { name: 'New product' }).count(), 0, 'who may not write sees no button')
    await page.getByRole('searchbox').fill('oleo')
    await page.getByText('OLEO-1').waitFor()
    await page.getByText('ARZ-25').waitFor({ state: 'detached' })
    assert.match(page.url(), /search=oleo/)
    await page.goto('/products?sort=-price')
    assert.equal(await page.getByRole('columnheader', { name: 'Price' }).getAttribute('aria-sort'), 'descending')
    const forbidden = await page.goto('/products/new')
    assert.equal(forbidden?.status(), 403)
  })

  test('a price that changes is in the history, and what somebody else changed meanwhile stays', async () => {
    const page = await as('manager', `/products/${shop().ids.rice}/edit`)
    const named = await shop().call('PATCH', `/api/products/${shop().ids.rice}`, {
      as: 'manager',
      body: { name: 'Arroz bom 25 kg' },
    })
    assert.equal(named.status, 200)
    await page.getByLabel('Price with VAT').fill('120')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('heading', { name: 'Arroz bom 25 kg' }).waitFor()
    await page.getByText('MT 116.00 → MT 120.00').waitFor()
    assert.deepEqual(await seriousFlaws(page), [])
  })

  test('a photo is chosen, shown and removed; what is no photo is refused', async () => {
    const page = await as('manager', `/products/${shop().ids.oil}`)
    const buffer = await sharp({ create: { width: 400, height: 300, channels: 3, background: '#c80' } })
      .jpeg()
      .toBuffer()
    await page.getByLabel('Add a photo').setInputFiles({ name: 'oil.jpg', mimeType: 'image/jpeg', buffer })
    await page.getByText('Photo saved.').waitFor()
    const photo = page.getByRole('img', { name: /Photo of/ })
    await photo.waitFor()
    assert.equal(await photo.evaluate((shown) => 'naturalWidth' in shown && shown.naturalWidth), 400)
    await page
      .getByLabel('Change the photo')
      .setInputFiles({ name: 'oil.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no photo') })
    await page.getByText('This is not a photo').waitFor()
    await page.getByRole('button', { name: 'Remove the photo' }).click()
    await page.locator('#confirm-yes').click()
    await page.getByText('Photo removed.').waitFor()
  })

  test('a product is discontinued after a question, and back with one undo', async () => {
    const page = await as('manager', `/products/${shop().ids.oil}`)
    await page.getByRole('button', { name: 'Discontinue' }).click()
    await page.locator('#confirm-yes').click()
    await page.getByText('no longer appears at the till').last().waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('It is on sale again.').waitFor()
    await page.getByRole('button', { name: 'Discontinue' }).waitFor()
  })

  test('a file is looked through line by line before anything is written, then written once', async () => {
    const page = await as('manager', '/products/import')
    assert.deepEqual(await seriousFlaws(page), [])
    const lines = [
      'sku;name;price;stock',
      'NOVO-1;Sal 1 kg;35,00;12',
      'NOVO-2;;12,00;',
      'ARZ-25;Arroz bom 25 kg;130,00;',
    ]
    await page.getByLabel('CSV file').setInputFiles(csv(lines.join('\r\n')))
    await page.getByLabel('Opening stock at').selectOption({ label: 'Baixa' })
    await page.getByRole('button', { name: 'Check' }).click()
    await page.getByText('1 error in the file').waitFor()
    await page.getByText('Name: This value does not fit.').waitFor()
    assert.deepEqual(await seriousFlaws(page), [])
    const before = await shop().fresh('/api/products?search=NOVO')
    assert.equal(before.body.items.length, 0, 'nothing is written before it is confirmed')
    await page.getByRole('button', { name: 'Import 2 lines' }).click()
    await page.getByText('1 created, 1 changed, 1 with counted stock.').waitFor()
    assert.deepEqual(await seriousFlaws(page), [])
    await page.goBack()
    await page.getByRole('button', { name: 'Import 2 lines' }).click()
    await page.getByText('1 created, 1 changed, 1 with counted stock.').waitFor()
    const after = await shop().fresh('/api/products?search=NOVO')
    assert.equal(after.body.items.length, 1)
  })

  test('the file of what is seen holds what is seen', async () => {
    const page = await as('employee', '/products?search=arroz')
    const link = await page.getByRole('link', { name: 'Download CSV' }).getAttribute('href')
    const text = await (await page.request.get(link ?? '')).text()
    assert.match(text, /ARZ-25/)
    assert.doesNotMatch(text, /OLEO-1/)
  })
})
