// What the server answers a sale at the till with: done, with the change; or refused, with what can be done about it.
import type { Product } from '../../projections/products.ts'
import { button, input, linkButton, notice, submitButton } from '../components/index.ts'
import { type Html, html } from '../html.ts'
import type { Reader } from '../reader.ts'

export interface SoldAtTill {
  readonly id: string
  readonly document: string
  readonly total: number
  readonly change: number
  /** Whether money was handed over, so that change is worth a word. */
  readonly cash: boolean
}

/** After the sale: the change is what matters. */
export const tillSold = ({ t, format }: Reader, { id, document, total, change, cash }: SoldAtTill): Html => {
  const shown = cash ? { label: t('till.change-due'), value: change } : { label: t('till.total'), value: total }
  return html`<div class="till-done-content" data-answer>
    <h2>${t('till.completed')}</h2>
    <p class="till-total"><span class="till-total-label">${shown.label}</span><span class="till-total-value">${format.amount(shown.value)} <small>${format.currencySign}</small></span></p>
    <p class="soft">${cash && html`${t('till.total')} <span class="amount">${format.money(total)}</span> · `}<a href="/sales/${id}">${document}</a></p>
    <div class="actions">
      ${button({ label: t('till.new-sale'), look: 'primary', size: 'large', key: 'Enter', attrs: { 'data-do': 'next' } })}
      ${linkButton(`/sales/${id}/receipt?print=true`, { label: t('till.print-receipt'), size: 'large', icon: 'print', attrs: { target: '_blank' } })}
    </div>
  </div>`
}

export interface ShortLine {
  readonly product: Product
  readonly onHand: number
  readonly asked: number
}

/** Not enough stock: which and how much there is; take that, or sell it anyway where the person may. */
export const tillShort = (reader: Reader, lines: readonly ShortLine[], mayOverride: boolean): Html => {
  const { t, format } = reader
  const mend = Object.fromEntries(
    lines.map(({ product, onHand }) => [product.productId, { quantity: Math.max(onHand, 0) }]),
  )
  return html`<div class="stack" data-answer>
    ${notice(
      'danger',
      t('problem.insufficient-stock'),
      html`<ul>${lines.map(
        ({ product, onHand, asked }) =>
          html`<li>${t('till.short-line', { product: product.name, onHand: format.quantity(onHand, product.decimals), asked: format.quantity(asked, product.decimals) })}</li>`,
      )}</ul>
      <div class="actions">${mendButton(t('till.take-what-is-there'), mend)}</div>`,
    )}
    ${
      mayOverride
        ? html`<form class="form" novalidate>
            ${input(reader, {}, { name: 'reason', label: t('till.override-reason'), required: true, attrs: { maxlength: 200, autocomplete: 'off' } })}
            <div class="actions">${submitButton({ label: t('till.override'), look: 'danger' })}</div>
          </form>`
        : html`<p class="soft">${t('till.ask-to-override')}</p>`
    }
  </div>`
}

/** The price was changed while the product lay in the basket. */
export const tillRepriced = ({ t, format }: Reader, products: readonly Product[]): Html => {
  const mend = Object.fromEntries(products.map(({ productId, price }) => [productId, { unitPrice: price }]))
  return html`<div data-answer>${notice(
    'warning',
    t('till.repriced'),
    html`<ul>${products.map(({ name, price }) => html`<li>${name}: ${format.money(price)}</li>`)}</ul><div class="actions">${mendButton(t('till.take-prices'), mend)}</div>`,
  )}</div>`
}

/** Any other refusal: what it is about, in one sentence. The basket is still there. */
export const tillRefused = ({ t }: Reader, sentence: string): Html =>
  html`<div data-answer>${notice('danger', sentence, t('till.kept'))}</div>`

const mendButton = (label: string, changes: Readonly<Record<string, object>>): Html =>
  button({ label, size: 'small', attrs: { 'data-mend': JSON.stringify(changes) } })
