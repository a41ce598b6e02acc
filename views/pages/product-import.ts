// Importing products from a CSV file: chosen, looked through line by line before anything is written, then written with progress.
import type { Location } from '../../projections/locations.ts'
import {
  type Column,
  card,
  type FormState,
  figureTile,
  form,
  hidden,
  linkButton,
  notice,
  pageHead,
  progress,
  select,
  submitButton,
  table,
  tiles,
} from '../components/index.ts'
import { type Html, html } from '../html.ts'
import type { PlainKey } from '../locales/index.ts'
import type { Reader } from '../reader.ts'

export interface LineProblem {
  readonly line: number
  /** In the reader's language. */
  readonly text: string
}

const head = ({ t }: Reader, title: PlainKey): Html =>
  pageHead({ back: { href: '/products', label: t('products.title') }, title: t(title) })

export interface ImportForm {
  readonly state: FormState
  readonly places: readonly Location[]
}

/** The columns of a file, and which of them must be there. */
const columnsOfFile = [
  'sku',
  'name',
  'price',
  'category',
  'unit',
  'decimals',
  'barcode',
  'cost',
  'tax_rate',
  'reorder_point',
  'stock',
]

export const importContent = (reader: Reader, { state, places }: ImportForm): Html => {
  const { t } = reader
  const error = state.errors?.file
  return html`${head(reader, 'products.import')}
<div class="narrow">${card({
    body: form(reader, {
      action: '/products/import',
      state: { ...state, labels: { file: t('products.import-file') } },
      attrs: { enctype: 'multipart/form-data' },
      body: html`<div class="field${error && ' field-wrong'}">
          <label for="field-file">${t('products.import-file')}</label>
          <input type="file" id="field-file" name="file" accept=".csv,text/csv,text/plain" required aria-describedby="hint-file"${error && html` aria-invalid="true"`} />
          <p class="hint" id="hint-file">${t('products.import-hint')}</p>
          ${error && html`<p class="error">${error}</p>`}
        </div>
        ${
          places.length > 0 &&
          select(reader, state, {
            name: 'location',
            label: t('products.import-location'),
            hint: t('products.import-location-hint'),
            empty: t('products.import-no-stock'),
            choices: places.map(({ locationId, name }) => ({ value: locationId, label: name })),
          })
        }`,
      actions: html`${submitButton({ label: t('products.import-check') })}${linkButton('/products', { label: t('common.cancel'), look: 'quiet' })}`,
    }),
  })}
  ${card({
    title: t('products.import-columns'),
    body: html`<p>${t('products.import-columns-hint')}</p><p><code class="code">${columnsOfFile.join(', ')}</code></p><p><a href="/products.csv?show=all">${t('products.import-example')}</a></p>`,
  })}</div>`
}

export interface ImportLine {
  readonly line: number
  readonly sku: string
  readonly name: string
  readonly price: number
  readonly outcome: 'create' | 'change' | 'unchanged'
}

export interface ImportPreview {
  readonly lines: readonly ImportLine[]
  readonly counts: {
    readonly create: number
    readonly change: number
    readonly unchanged: number
    readonly stock: number
  }
  readonly problems: readonly LineProblem[]
  readonly csv: string
  readonly location: string
  readonly formKey: string
}

/** Lines that a preview shows; the figures above it count all. */
const linesShown = 100

export const importPreview = (reader: Reader, page: ImportPreview): Html => {
  const { t, format } = reader
  const { counts, problems } = page
  const ready = counts.create + counts.change
  const toDo = ready + counts.stock
  return html`${head(reader, 'products.import-preview')}
${tiles(
  figureTile({ label: t('products.import-create'), value: format.number(counts.create) }),
  figureTile({ label: t('products.import-change'), value: format.number(counts.change) }),
  figureTile({ label: t('products.import-unchanged'), value: format.number(counts.unchanged) }),
  figureTile({ label: t('products.import-problems'), value: format.number(problems.length) }),
)}
${
  problems.length > 0
    ? html`${notice('warning', t('products.import-wrong', { count: problems.length }), t('products.import-wrong-hint'))}${problemTable(reader, problems)}`
    : notice('good', t('products.import-all-good'))
}
${toDo === 0 && notice('info', t('products.import-nothing'))}
<form class="form" method="post" action="/products/import/run" data-guarded>
  ${hidden('formKey', page.formKey)}${hidden('location', page.location)}
  <textarea name="csv" hidden>${page.csv}</textarea>
  <div class="actions">${toDo > 0 && submitButton({ label: t('products.import-now', { count: toDo === counts.stock ? counts.stock : ready }) })}${linkButton('/products/import', { label: t('products.import-other') })}</div>
</form>
${table(reader, {
  id: 'import-lines',
  caption: t('products.import-preview'),
  columns: lineColumns(reader),
  rows: page.lines.slice(0, linesShown),
  empty: html``,
})}
${page.lines.length > linesShown && html`<p class="soft">${t('products.import-more', { count: page.lines.length - linesShown })}</p>`}`
}

const problemTable = (reader: Reader, problems: readonly LineProblem[]): Html => {
  const { t } = reader
  return table(reader, {
    id: 'import-problems',
    caption: t('products.import-problems'),
    columns: [
      { label: t('products.import-line-number'), primary: true, cell: ({ line }) => String(line) },
      { label: t('products.import-what'), cell: ({ text }) => text },
    ],
    rows: problems,
    empty: html``,
  })
}

const lineColumns = ({ t, format }: Reader): readonly Column<ImportLine>[] => [
  { label: t('products.import-line-number'), numeric: true, cell: ({ line }) => String(line) },
  { label: t('products.name'), primary: true, cell: ({ name, sku }) => html`${name}<small>${sku}</small>` },
  { label: t('products.price'), numeric: true, cell: ({ price }) => format.money(price) },
  { label: t('products.import-outcome'), cell: ({ outcome }) => t(`products.import-is.${outcome}`) },
]

export interface ImportRun {
  readonly id: string
  readonly done: number
  readonly total: number
  /** Undefined while it goes on; 'interrupted': nobody knows any more how far it came. */
  readonly result:
    | {
        readonly created: number
        readonly changed: number
        readonly counted: number
        readonly problems: readonly LineProblem[]
      }
    | 'interrupted'
    | undefined
}

export const importRun = (reader: Reader, { id, done, total, result }: ImportRun): Html => {
  const { t, format } = reader
  if (result === 'interrupted')
    return html`${head(reader, 'products.import')}${notice('warning', t('products.import-interrupted'), t('products.import-interrupted-hint'))}<div class="actions">${linkButton('/products/import', { label: t('products.import'), look: 'primary' })}</div>`
  if (!result)
    return html`${head(reader, 'products.import')}
<div id="import-run" aria-live="polite" hx-get="/products/import/${id}" hx-trigger="load delay:400ms" hx-target="this" hx-select="#import-run" hx-swap="outerHTML">${card(
      {
        body: html`${progress(t('products.importing'), { value: done, max: Math.max(1, total), text: `${format.number(done)} / ${format.number(total)}` })}<p><a href="/products/import/${id}">${t('products.import-look-again')}</a></p>`,
      },
    )}</div>`
  return html`${head(reader, 'products.import')}
<div id="import-run" class="stack">
  ${notice('good', t('products.import-done'), t('products.import-sums', { created: result.created, changed: result.changed, counted: result.counted }))}
  ${result.problems.length > 0 && html`${notice('warning', t('products.import-refused', { count: result.problems.length }))}${problemTable(reader, result.problems)}`}
  <div class="actions">${linkButton('/products', { label: t('products.see-products'), look: 'primary' })}${linkButton('/products/import', { label: t('products.import-other') })}</div>
</div>`
}
