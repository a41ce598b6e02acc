// The components: what people typed is kept and escaped, states have a shape and a word, charts start at zero.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readerFor } from '../reader.ts'
import * as ui from './index.ts'

const reader = readerFor({ locale: 'en' })
const evil = '<script>alert("x")</script>\'&'
const escaped = '&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&#39;&amp;'
const chart = (label: string): ui.Chart => ({
  title: label,
  unit: label,
  over: label,
  points: [
    { label, value: 3, before: 4 },
    { label, value: 0, before: 1 },
  ],
  value: String,
  names: { now: label, before: label },
})

test('every chart escapes its labels', async () => {
  const hrefs = [`javascript:"${evil}`, undefined]
  for (const made of [
    ui.barChart(reader, chart(evil)),
    ui.trendChart(reader, chart(evil)),
    ui.rankingChart(reader, { ...chart(evil), hrefs }),
  ]) {
    assert.doesNotMatch(String(await made), /<script>/)
    assert.equal(String(await made).includes(escaped), true)
  }
})

test('every chart has its figures behind it as a table', async () => {
  for (const made of [ui.barChart, ui.trendChart, ui.rankingChart])
    assert.match(String(await made(reader, chart('Day'))), /<details[\s\S]*<table[\s\S]*<th scope="row">Day<\/th>/)
})

test('no chart, however empty, draws what is no number', async () => {
  for (const points of [[], [{ label: 'a', value: 0 }], [{ label: 'a', value: -5 }]])
    for (const made of [ui.barChart, ui.trendChart, ui.rankingChart])
      assert.doesNotMatch(String(await made(reader, { ...chart('x'), points })), /NaN|Infinity|="-/)
})

test('no component styles or scripts inline', async () => {
  const made = await ui.barChart(reader, chart('x'))
  assert.doesNotMatch(String(made), / style=| on\w+=/)
})

test('a field keeps what was typed, and its error is tied to it', async () => {
  const state = { values: { name: evil }, errors: { name: 'Too strange' } }
  const made = String(await ui.input(reader, state, { name: 'name', label: 'Name', value: 'default', hint: 'Any' }))
  assert.equal(made.includes(`value="${escaped}"`), true)
  assert.match(made, /aria-invalid="true"/)
  assert.match(made, /aria-describedby="hint-name error-name"/)
  assert.match(made, /id="error-name">Too strange/)
})

test('a form tells all its errors at its head, each leading to its field', async () => {
  const made = String(
    await ui.errorSummary(reader, { labels: { sku: 'SKU' }, errors: { sku: 'Fill in', price: 'A number' } }),
  )
  assert.match(made, /2 fields to put right/)
  assert.match(made, /href="#field-sku">SKU: Fill in/)
  assert.equal(String(await ui.errorSummary(reader, {})), '')
})

test('a status has a shape and a word', async () =>
  assert.match(String(await ui.status('warning', 'Low')), /<svg[\s\S]*<span>Low<\/span>/))

test('a table says how it is sorted, names its rows and labels its cells for the phone', async () => {
  const made = String(
    await ui.table(reader, {
      id: 'list',
      caption: 'Products',
      columns: [
        {
          label: 'Name',
          primary: true,
          cell: (row: { name: string }) => row.name,
          sort: { href: '?sort=-name', direction: 'ascending' },
        },
        { label: 'Price', numeric: true, cell: () => '1.00' },
      ],
      rows: [{ name: evil }],
      empty: ui.emptyState('Nothing'),
    }),
  )
  assert.match(made, /aria-sort="ascending"/)
  assert.match(made, /<th scope="row"[^>]*>&lt;script/)
  assert.match(made, /<td class="num" data-label="Price">1.00<\/td>/)
})

test('a table without rows says so instead', async () => {
  const empty = ui.emptyState('No products yet', 'Create the first')
  const made = String(await ui.table(reader, { id: 'list', caption: 'Products', columns: [], rows: [], empty }))
  assert.match(made, /No products yet/)
  assert.doesNotMatch(made, /<table/)
})
