// Taking back: which items, how many, whether they can be sold again; what is given back is shown before it is confirmed.
import type { Sale } from '../../projections/sales.ts'
import {
  actions,
  card,
  checkbox,
  errorSummary,
  type FormState,
  hidden,
  input,
  linkButton,
  notice,
  pageHead,
  radios,
  submitButton,
} from '../components/index.ts'
import { attributes, type Html, html } from '../html.ts'
import type { Reader } from '../reader.ts'

/** What the chosen pieces come to. */
export interface RefundPreview {
  readonly total: number
  readonly tax: number
  readonly debtReduced: number
  readonly givenBack: number
}

export interface RefundPage {
  readonly sale: Sale
  readonly state: FormState
  /** Undefined when what was chosen cannot be given back. */
  readonly preview: RefundPreview | undefined
  /** Why not, in a sentence. */
  readonly problem?: string | undefined
  /** Makes the form safe to send twice. */
  readonly key: string
}

export const quantityField = (line: number): string => `quantity-${line}`

export const refundContent = (reader: Reader, page: RefundPage): Html => {
  const { t } = reader
  const { sale, state, key } = page
  const action = `/sales/${sale.saleId}/refund`
  return html`${pageHead({
    title: t('sales.refund-title'),
    lead: t('sales.refund-lead'),
    back: { href: `/sales/${sale.saleId}`, label: t('sales.back-to-sale', { document: sale.document }) },
  })}
<form class="columns-wide" id="refund"${attributes({ method: 'post', action, novalidate: true, 'data-guarded': true, 'data-confirm': t('sales.refund-confirm') })}>
  <div class="stack">
    ${errorSummary(reader, state)}
    ${hidden('key', key)}
    ${card({ title: t('sales.lines'), body: lines(reader, page) })}
    ${card({
      body: html`<div class="form">
        ${input(reader, state, { name: 'reason', label: t('sales.refund-reason'), required: true, attrs: { maxlength: 200 } })}
        ${checkbox(state, { name: 'restock', label: t('sales.restock'), value: 'on', hint: t('sales.refund-restock-hint') })}
        ${radios(state, { name: 'method', label: t('sales.refund-method'), value: sale.method === 'account' ? 'cash' : sale.method, choices: (['cash', 'card', 'mpesa'] as const).map((value) => ({ value, label: t(`common.payment.${value}`) })) })}
      </div>`,
    })}
  </div>
  <div${attributes({
    class: 'refund-side',
    'hx-post': `${action}/preview`,
    'hx-trigger': 'input from:.refund-lines delay:150ms',
    // The button stays the same element: it may have been pressed already.
    'hx-swap': 'outerMorph',
    'hx-include': '#refund',
    'hx-target': '#refund-sum',
    'hx-sync': 'this:replace',
  })}>${refundSum(reader, page)}</div>
</form>`
}

const lines = ({ t, format }: Reader, { sale, state }: RefundPage): Html =>
  html`<ul class="refund-lines">${sale.lines.map((line, at) => {
    const left = line.quantity - line.refunded
    if (left === 0) return ''
    const name = quantityField(at)
    const error = state.errors?.[name]
    return html`<li>
      <label for="field-${name}">${line.name}<small>${t('sales.refund-of', { left: `${format.quantity(left, line.decimals)} ${line.unit}` })} · ${format.money(line.total)}</small></label>
      <input${attributes({
        id: `field-${name}`,
        name,
        class: 'num',
        inputmode: line.decimals === 0 ? 'numeric' : 'decimal',
        autocomplete: 'off',
        value: state.values?.[name] ?? '0',
        'aria-invalid': error !== undefined && 'true',
        'aria-describedby': error && `error-${name}`,
      })}>
      ${error && html`<p class="error" id="error-${name}">${error}</p>`}
    </li>`
  })}</ul>`

/** The sum and the button that confirms it: the fragment that follows what is typed. */
export const refundSum = (reader: Reader, { sale, preview, problem }: RefundPage): Html => {
  const { t, format } = reader
  const sum = (label: string, value: number, look = '') =>
    html`<div class="sum ${look}"><span>${label}</span><span class="amount">${format.money(value)}</span></div>`
  return html`<section class="card" id="refund-sum" aria-live="polite"><div class="card-body stack">
    ${
      preview === undefined || preview.total === 0
        ? notice(problem ? 'danger' : 'info', problem ?? t('sales.refund-none'))
        : html`<div>
            ${sum(t('sales.refund-total'), preview.total)}
            ${sum(t('till.tax-included'), preview.tax)}
            ${preview.debtReduced > 0 && sum(t('sales.refund-debt'), preview.debtReduced)}
            ${sum(t('sales.refund-given-back'), preview.givenBack, 'sum-total')}
          </div>`
    }
    ${actions(
      submitButton({
        label: preview?.total ? t('sales.refund-submit', { amount: format.money(preview.total) }) : t('sales.refund'),
        size: 'large',
        attrs: { id: 'refund-submit', disabled: !preview?.total },
      }),
      linkButton(`/sales/${sale.saleId}`, { label: t('common.cancel'), size: 'large' }),
    )}
  </div></section>`
}
