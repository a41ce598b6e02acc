// The reports in a real browser, and their figures against the sales themselves.
import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { sales } from '../../projections/sales.ts'
import { refundSale, voidSale } from '../../src/commands/returns.ts'
import { registerSale } from '../../src/commands/sales.ts'
import { verifySeries } from '../../src/reporting/chains.ts'
import { periodFrom } from '../../src/reporting/period.ts'
import { reportIds } from '../../src/reporting/report.ts'
import { makeReport } from '../../src/reporting/reports.ts'
import { downloaded, seriousFlaws } from './browser.ts'
import { office } from './office.ts'

describe('the reports', () => {
  const today = '2026-11-24'
  const { as, shop } = office({ now: () => new Date(`${today}T10:00:00Z`) })

  const sell = async (rice: number, oil: number) => {
    const { system, ids } = shop()
    const sold = await registerSale(
      system,
      {
        locationId: ids.shop,
        lines: [
          { productId: ids.rice, quantity: rice },
          { productId: ids.oil, quantity: oil, discount: 99 },
        ],
        payment: { method: 'card', tendered: null },
        customerId: null,
        mayChangePrice: false,
        mayDiscount: true,
        mayOverride: false,
      },
      system.self('tests'),
    )
    assert(!sold.rejected)
    return sold.value
  }

  before(async () => {
    const context = shop().system.self('tests')
    await sell(2, 3)
    const refunded = await sell(1, 2)
    const mistaken = await sell(5, 5)
    const lines = [{ line: 0, quantity: 1 }]
    assert(!(await refundSale(shop().system, { saleId: refunded.id, lines, reason: 'Torn' }, context)).rejected)
    assert(!(await voidSale(shop().system, { saleId: mistaken.id, reason: 'Wrong customer' }, context)).rejected)
    await shop().fresh('/api/sales')
  })

  const report = (id: (typeof reportIds)[number]) =>
    makeReport(shop().system.models, id, { period: periodFrom({}, today), locationId: undefined }, today)

  test('say what the sales say, however they are cut', async () => {
    const all = (await shop().system.models.find(sales, { limit: 1_000 })).items.map(({ document }) => document)
    const kept = all.filter(({ status }) => status !== 'voided')
    const revenue = kept.reduce((sum, { total, refunded }) => sum + total - refunded, 0)
    // 2 × 116.00 + 3 × 15.33 − 0.99, and 1 × 116.00 + 2 × 15.33 − 0.99 of which the sack came back.
    assert.equal(revenue, 23_200 + 4_500 + 2_967)
    for (const id of [
      'sales-by-day',
      'sales-by-hour',
      'sales-by-product',
      'sales-by-category',
      'sales-by-employee',
      'sales-by-location',
    ] as const) {
      const { rows, totals } = await report(id)
      assert.equal(totals.revenue, revenue, id)
      assert.equal(
        rows.reduce((sum, { cells }) => sum + Number(cells.revenue), 0),
        revenue,
        id,
      )
    }
    assert.equal((await report('iva')).totals.gross, revenue)
    assert.equal((await report('documents')).totals.total, revenue)
  })

  test('are found from their index, with the month so far on top', async () => {
    const page = await as('manager', '/reports')
    await page.getByText('MT 306.67').first().waitFor()
    await page.getByRole('link', { name: /Sales by product/ }).click()
    await page.getByRole('heading', { name: 'Sales by product' }).waitFor()
    const row = page.getByRole('row', { name: /Arroz 25 kg/ })
    assert.match((await row.textContent()) ?? '', /ARZ-25.*232\.00/)
    assert.match((await page.locator('tfoot').textContent()) ?? '', /Total.*306\.67/)
  })

  test('keep period and location in the address', async () => {
    const page = await as('manager', '/reports/sales-by-day')
    await page.getByRole('link', { name: 'Today', exact: true }).last().click()
    await page.getByLabel('Location').selectOption({ label: 'Armazém' })
    await page.getByRole('button', { name: 'Filter' }).click()
    const { searchParams } = new URL(page.url())
    assert.deepEqual([searchParams.get('period'), searchParams.get('location')], ['today', shop().ids.warehouse])
    assert.match((await page.locator('tfoot').textContent()) ?? '', /0\.00/)
    await page.getByRole('link', { name: 'Other dates' }).click()
    await page.getByLabel('From').fill('2026-10-01')
    await page.getByRole('button', { name: 'Filter' }).click()
    await page.getByText(/compared with/).waitFor()
    assert.equal(new URL(page.url()).searchParams.get('from'), '2026-10-01')
    assert.equal(new URL(page.url()).searchParams.get('location'), shop().ids.warehouse)
  })

  test('prove the series of documents on the page, and name what was cancelled', async () => {
    const page = await as('manager', '/reports/documents')
    await page.locator('#chains').getByText('VD BXA1-2026').waitFor()
    assert.equal(await page.locator('#chains').getByText('Whole').count(), 2)
    await page.getByRole('row', { name: /VD BXA1-2026\/3.*Cancelled/ }).waitFor()
    const verdicts = await verifySeries(shop().system.store, ['VD BXA1-2026'])
    assert.deepEqual(
      verdicts.map(({ verdict }) => verdict.whole && verdict.documents),
      [3],
    )
  })

  test('are handed out as CSV that spreadsheets read, and as PDF', async () => {
    const page = await as('manager', '/reports/sales-by-product')
    const csv = await downloaded(page, 'Download CSV')
    assert.equal(csv.name, 'sales-by-product-2026-11-01-2026-11-24.csv')
    assert.deepEqual([...csv.content.subarray(0, 3)], [0xef, 0xbb, 0xbf])
    assert.match(csv.content.toString(), /\nÓleo 1 l,OLEO-1,5,74\.67,/)
    const pdf = await downloaded(page, 'Download PDF')
    assert.equal(pdf.content.subarray(0, 5).toString(), '%PDF-')
  })

  test('open nobody a door who may not read them', async () => {
    const page = await as('employee', '/')
    for (const path of [
      '/reports',
      '/reports/iva',
      '/reports/iva.csv',
      '/reports/iva.pdf',
      '/reports/documents/chains',
    ])
      assert.equal((await page.request.get(path)).status(), 403, path)
    assert.equal((await (await as('manager', '/')).request.get('/reports/nothing')).status(), 404)
  })

  test('shut nobody out', async () => {
    const page = await as('manager', '/reports')
    assert.deepEqual(await seriousFlaws(page), [])
    for (const id of reportIds) {
      await page.goto(`/reports/${id}`)
      assert.deepEqual(await seriousFlaws(page), [], id)
    }
  })
})
