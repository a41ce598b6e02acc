// The pages of stock in a real browser: received, adjusted, transferred, counted without being told, every movement listed.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { downloaded, seriousFlaws, signedIn } from './browser.ts'
import { office } from './office.ts'

describe('the pages of stock', () => {
  const { as, shop, browser } = office()

  const levelOf = async (product: string, location: string): Promise<number> => {
    const { body } = await shop().fresh(`/api/stock?product=${product}&location=${location}`)
    return body.items[0]?.onHand ?? 0
  }

  test('goods are received by scanning line after line; a wrong line keeps all that was typed', async () => {
    const page = await as('employee', '/stock/receive')
    assert.deepEqual(await seriousFlaws(page), [])
    await page.getByLabel('Product').fill('ARZ-25')
    await page.getByLabel('Quantity').fill('5')
    await page.getByLabel('Unit cost').fill('82,50')
    await page.getByLabel('Unit cost').press('Enter')
    await page.getByLabel('Product').nth(1).fill('nothing like this')
    await page.getByLabel('Quantity').nth(1).fill('3')
    await page.getByLabel('Unit cost').nth(1).fill('10')
    await page.getByRole('button', { name: 'Receive goods' }).click()
    await page.getByText('There is no product of this name or code.').first().waitFor()
    assert.equal(await page.getByLabel('Quantity').first().inputValue(), '5')
    assert.deepEqual(await seriousFlaws(page), [])
    await page.getByLabel('Product').nth(1).fill('óleo')
    await page.getByRole('button', { name: 'Receive goods' }).click()
    await page.getByText('Goods received.').waitFor()
    assert.equal(await levelOf(shop().ids.rice, shop().ids.shop), 105)
    assert.equal(await levelOf(shop().ids.oil, shop().ids.shop), 103)
  })

  test('what was damaged is taken out with its reason; more than there is, is refused beside its line', async () => {
    const page = await as('manager', `/stock/adjust?product=${shop().ids.oil}`)
    assert.deepEqual(await seriousFlaws(page), [])
    await page.getByLabel('Reason').selectOption('damaged')
    await page.getByLabel('Quantity').fill('5000')
    await page.getByRole('button', { name: 'Adjust' }).click()
    await page
      .getByText(/Not enough stock/)
      .first()
      .waitFor()
    const before = await levelOf(shop().ids.oil, shop().ids.shop)
    await page.getByLabel('Quantity').fill('3')
    await page.getByRole('button', { name: 'Adjust' }).click()
    await page.getByText('Stock adjusted.').waitFor()
    assert.equal(await levelOf(shop().ids.oil, shop().ids.shop), before - 3)
    const { page: other, context } = await signedIn(browser(), shop().url, 'employee')
    assert.equal((await other.goto('/stock/adjust'))?.status(), 403)
    await context.close()
  })

  test('a transfer takes from one location and brings to the other', async () => {
    const page = await as('employee', `/stock/transfer?product=${shop().ids.rice}`)
    assert.deepEqual(await seriousFlaws(page), [])
    const before = await levelOf(shop().ids.rice, shop().ids.shop)
    await page.getByLabel('To location').selectOption({ label: 'Armazém' })
    await page.getByLabel('Quantity').fill('10')
    await page.getByRole('button', { name: 'Transfer' }).click()
    await page.getByText('Transferred.').waitFor()
    assert.equal(await levelOf(shop().ids.rice, shop().ids.shop), before - 10)
    assert.equal(await levelOf(shop().ids.rice, shop().ids.warehouse), 10)
  })

  test('a count does not tell what is expected, survives a reload, and shows the differences before it is recorded', async () => {
    const page = await as('employee', `/stock/count?location=${shop().ids.warehouse}`)
    assert.deepEqual(await seriousFlaws(page), [])
    const rice = page.getByLabel('Counted of Arroz 25 kg')
    await rice.fill('8')
    await page.reload()
    assert.equal(await rice.inputValue(), '8')
    await page.getByRole('button', { name: 'See the differences' }).click()
    await page.getByText('1 product differs').waitFor()
    assert.deepEqual(await seriousFlaws(page), [])
    assert.equal(await levelOf(shop().ids.rice, shop().ids.warehouse), 10, 'nothing is recorded yet')
    await page.getByRole('button', { name: 'Back to the sheet' }).click()
    assert.equal(await rice.inputValue(), '8')
    await page.getByRole('button', { name: 'See the differences' }).click()
    await page.getByRole('button', { name: 'Confirm the count' }).click()
    await page.getByText('Count recorded.').waitFor()
    assert.equal(await levelOf(shop().ids.rice, shop().ids.warehouse), 8)
    await page.goto(`/stock/count?location=${shop().ids.warehouse}`)
    assert.equal(await rice.inputValue(), '', 'the draft is over')
  })

  test('the stock of a location and its movements are found', async () => {
    const page = await as('manager', '/stock')
    assert.deepEqual(await seriousFlaws(page), [])
    await page.getByRole('link', { name: 'Armazém' }).click()
    await page.getByRole('row', { name: /Arroz/ }).getByText('8 un').waitFor()
    await page.getByRole('link', { name: 'Movements' }).click()
    assert.deepEqual(await seriousFlaws(page), [])
    await page.getByLabel('What happened').selectOption('transferred-in')
    await page.getByRole('button', { name: 'Filter' }).click()
    await page.getByText('Transferred from Baixa').waitFor()
    assert.equal(await page.locator('#movements-rows tr').count(), 1)
    const arrived = await downloaded(page, 'Download CSV')
    const [heads, line, ...others] = arrived.content.toString().trim().split('\n')
    assert.match(heads ?? '', /Date,Time,SKU,Product,Location,What happened,Other location,Quantity/)
    assert.match(line ?? '', /ARZ-25,Arroz.*,Armazém,.*Baixa,10,un,10,/)
    assert.deepEqual(others, [])
    await page.goto('/stock/movements?kind=transferred-out')
    const sent = await downloaded(page, 'Download CSV')
    assert.match(sent.content.toString(), /,Baixa,.*,Armazém,-10,un,\d+,-/)
  })
})
