// Voiding a sale, and receiving the payment of an invoice.
import type { Sale } from '../../projections/sales.ts'
import {
  card,
  checkbox,
  type FormState,
  form,
  hidden,
  input,
  linkButton,
  moneyInput,
  pageHead,
  radios,
  submitButton,
} from '../components/index.ts'
import { type Html, html } from '../html.ts'
import type { Reader } from '../reader.ts'

export interface SaleForm {
  readonly sale: Sale
  readonly state: FormState
  /** Makes the form safe to send twice. */
  readonly key: string
}

const framed = (
  reader: Reader,
  sale: Sale,
  given: { readonly title: string; readonly lead: string; readonly body: Html },
): Html => html`<div class="narrow stack">
  ${pageHead({
    title: given.title,
    lead: given.lead,
    back: { href: `/sales/${sale.saleId}`, label: reader.t('sales.back-to-sale', { document: sale.document }) },
  })}
  ${card({ body: given.body })}
</div>`

export const voidContent = (reader: Reader, { sale, state, key }: SaleForm): Html => {
  const { t } = reader
  return framed(reader, sale, {
    title: t('sales.void-title'),
    lead: t('sales.void-lead'),
    body: form(reader, {
      action: `/sales/${sale.saleId}/void`,
      state,
      attrs: { 'data-confirm': t('sales.void-confirm', { document: sale.document }) },
      body: html`${hidden('key', key)}
        ${input(reader, state, { name: 'reason', label: t('sales.void-reason'), required: true, attrs: { maxlength: 200 } })}
        ${checkbox(state, { name: 'restock', label: t('sales.restock'), value: 'on', hint: t('sales.refund-restock-hint') })}`,
      actions: html`${submitButton({ label: t('sales.void'), look: 'danger' })}${linkButton(`/sales/${sale.saleId}`, { label: t('common.cancel') })}`,
    }),
  })
}

export const paymentContent = (reader: Reader, { sale, state, key }: SaleForm): Html => {
  const { t, format } = reader
  return framed(reader, sale, {
    title: t('sales.payment-title'),
    lead: t('sales.story.owing', { amount: format.money(sale.outstanding) }),
    body: form(reader, {
      action: `/sales/${sale.saleId}/payment`,
      state,
      body: html`${hidden('key', key)}
        ${moneyInput(reader, state, { name: 'amount', label: t('sales.payment-amount'), required: true, value: format.amount(sale.outstanding), attrs: { autofocus: true } })}
        ${radios(state, { name: 'method', label: t('till.method'), value: 'cash', choices: (['cash', 'card', 'mpesa'] as const).map((value) => ({ value, label: t(`common.payment.${value}`) })) })}`,
      actions: html`${submitButton({ label: t('sales.payment-submit') })}${linkButton(`/sales/${sale.saleId}`, { label: t('common.cancel') })}`,
    }),
  })
}
