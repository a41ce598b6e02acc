// What the till finds: products as buttons that carry what the basket needs to know, and customers.
import type { Customer } from '../../projections/customers.ts'
import type { Product } from '../../projections/products.ts'
import { status } from '../components/index.ts'
import { attributes, type Html, html } from '../html.ts'
import type { Reader } from '../reader.ts'

export interface TillProduct {
  readonly product: Product
  /** At the till's location. */
  readonly onHand: number
}

/** The list that the search field fills; the exact match for a barcode or SKU comes first. */
export const tillProducts = (
  reader: Reader,
  { found, query }: { readonly found: readonly TillProduct[]; readonly query: string },
): Html =>
  html`<ul class="till-products" id="till-products">${
    found.length === 0
      ? html`<li class="soft">${query === '' ? reader.t('till.no-products') : reader.t('till.find-none', { query })}</li>`
      : found.map((each) => html`<li>${productButton(reader, each)}</li>`)
  }</ul>`

const productButton = (reader: Reader, { product, onHand }: TillProduct): Html => {
  const { productId: id, sku, barcode, name, unit, decimals, price, taxRate } = product
  const carried = JSON.stringify({ id, sku, barcode, name, unit, decimals, price, taxRate, onHand })
  return html`<button${attributes({ class: 'till-product', type: 'button', 'data-product': carried })}>
    <span class="till-product-name">${name}</span>
    <span class="till-product-foot"><span class="amount">${reader.format.money(price)}</span>${stockOf(reader, product, onHand)}</span>
  </button>`
}

const stockOf = ({ t, format }: Reader, { decimals, reorderPoint }: Product, onHand: number): Html => {
  if (onHand <= 0) return status('danger', t('till.out-of-stock'))
  const text = t('till.in-stock', { onHand: format.quantity(onHand, decimals) })
  return onHand <= reorderPoint ? status('warning', text) : html`<span>${text}</span>`
}

/** The customers that are found, each a button. */
export const tillCustomers = (reader: Reader, found: readonly Customer[], query: string): Html => {
  const { t } = reader
  return html`<div id="till-customers" aria-live="polite">${
    found.length === 0
      ? html`<p class="soft">${query === '' ? '' : t('common.nothing-found')}</p>`
      : html`<ul class="link-list">${found.map(
          ({ customerId, name, nuit, phone }) =>
            html`<li><button class="till-customer-found" type="button" data-customer="${customerId}" data-name="${name ?? ''}"><span>${name}</span><small>${[nuit, phone].filter(Boolean).join(' · ')}</small></button></li>`,
        )}</ul>`
  }</div>`
}
