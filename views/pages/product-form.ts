// The form of a product: new, or changed. What the past is written in (SKU, decimals) is fixed once it is registered.
import type { Product } from '../../projections/products.ts'
import type { Settings } from '../../projections/settings.ts'
import { fieldAmount } from '../amount.ts'
import {
  card,
  type FormState,
  fieldRow,
  form,
  formPart,
  hidden,
  input,
  linkButton,
  moneyInput,
  notice,
  pageHead,
  quantityInput,
  select,
  submitButton,
} from '../components/index.ts'
import { type Html, html } from '../html.ts'
import type { Reader } from '../reader.ts'

export interface ProductForm {
  /** Undefined for a new product. */
  readonly product: Product | undefined
  readonly state: FormState
  readonly categories: readonly string[]
  readonly taxRates: Settings['taxRates']
}

/** What the form of a registered product shows before anything is typed. */
export const productValues = ({ locale, format }: Reader, product: Product): Record<string, string> => {
  const comma = locale === 'pt-MZ'
  return {
    name: product.name,
    category: product.category,
    unit: product.unit,
    barcode: product.barcode ?? '',
    price: fieldAmount(product.price, format.minorUnits, comma),
    cost: fieldAmount(product.cost, format.minorUnits, comma),
    taxRate: String(product.taxRate),
    reorderPoint: fieldAmount(product.reorderPoint, product.decimals, comma),
  }
}

export const productFormContent = (reader: Reader, page: ProductForm): Html => {
  const { t } = reader
  const { product } = page
  const title = product ? t('products.edit') : t('products.new')
  const back = product
    ? { href: `/products/${product.productId}`, label: product.name }
    : { href: '/products', label: t('products.title') }
  return html`${pageHead({ back, title })}
<div class="narrow">${card({
    body: form(reader, {
      action: product ? `/products/${product.productId}/edit` : '/products/new',
      state: { ...page.state, labels: labelsOf(reader) },
      body: fields(reader, page),
      actions: html`${submitButton({ label: product ? t('common.save') : t('products.create') })}${linkButton(back.href, { label: t('common.cancel'), look: 'quiet' })}`,
    }),
  })}</div>`
}

const labelsOf = ({ t }: Reader): Record<string, string> => ({
  sku: t('products.sku'),
  name: t('products.name'),
  category: t('products.category'),
  unit: t('products.unit'),
  barcode: t('products.barcode'),
  price: t('products.price'),
  cost: t('products.cost'),
  taxRate: t('products.tax-rate'),
  reorderPoint: t('products.reorder-point'),
})

const units = ['un', 'kg', 'L', 'm', 'cx', 'saco', 'par']

const fields = (reader: Reader, { product, state, categories, taxRates }: ProductForm): Html => {
  const { t, format } = reader
  const values = state.values ?? {}
  return html`
${hidden('formKey', values.formKey ?? '')}${hidden('was', values.was ?? '')}
${input(reader, state, { name: 'name', label: t('products.name'), required: true, attrs: { maxlength: 200, ...(!product && { autofocus: true }) } })}
${
  !product &&
  fieldRow(
    input(reader, state, {
      name: 'sku',
      label: t('products.sku'),
      required: true,
      hint: t('products.sku-hint'),
      attrs: { maxlength: 64, autocapitalize: 'characters' },
    }),
    input(reader, state, {
      name: 'barcode',
      label: t('products.barcode'),
      hint: t('products.barcode-hint'),
      attrs: { maxlength: 64 },
    }),
  )
}
${fieldRow(
  input(reader, state, {
    name: 'category',
    label: t('products.category'),
    required: true,
    attrs: { list: 'categories', maxlength: 200, autocomplete: 'off' },
  }),
  product && input(reader, state, { name: 'barcode', label: t('products.barcode'), attrs: { maxlength: 64 } }),
)}
<datalist id="categories">${categories.map((value) => html`<option value="${value}"></option>`)}</datalist>
${formPart(
  t('products.part.price'),
  html`${fieldRow(
    moneyInput(reader, state, { name: 'price', label: t('products.price'), required: true }),
    moneyInput(reader, state, { name: 'cost', label: t('products.cost'), hint: t('products.cost-hint') }),
    select(reader, state, {
      name: 'taxRate',
      label: t('products.tax-rate'),
      required: true,
      value: String(taxRates[0]?.rate ?? 0),
      choices: rateChoices(reader, taxRates, product),
    }),
  )}`,
)}
${formPart(
  t('products.part.stock'),
  html`${fieldRow(
    input(reader, state, {
      name: 'unit',
      label: t('products.unit'),
      required: true,
      value: 'un',
      attrs: { list: 'units', maxlength: 20, autocomplete: 'off' },
    }),
    !product &&
      select(reader, state, {
        name: 'decimals',
        label: t('products.decimals'),
        required: true,
        value: '0',
        choices: [
          { value: '0', label: t('products.decimals.0') },
          { value: '1', label: t('products.decimals.1', { example: format.quantity(15, 1) }) },
          { value: '2', label: t('products.decimals.2', { example: format.quantity(125, 2) }) },
          { value: '3', label: t('products.decimals.3', { example: format.quantity(1250, 3) }) },
        ],
      }),
    quantityInput(reader, state, {
      name: 'reorderPoint',
      label: t('products.reorder-point'),
      hint: t('products.reorder-point-hint'),
      ...(product && { unit: product.unit }),
    }),
  )}<datalist id="units">${units.map((value) => html`<option value="${value}"></option>`)}</datalist>`,
)}
${!product && notice('info', t('products.fixed-hint'))}`
}

/** The company's rates; a product keeps one that the company has no more, until it is changed. */
const rateChoices = ({ format }: Reader, rates: Settings['taxRates'], product: Product | undefined) => {
  const choices = rates.map(({ name, rate }) => ({
    value: String(rate),
    label: name.includes('%') || rate === 0 ? name : `${name} ${format.taxRate(rate)}`,
  }))
  const kept = product && !rates.some(({ rate }) => rate === product.taxRate)
  return kept ? [...choices, { value: String(product.taxRate), label: format.taxRate(product.taxRate) }] : choices
}
