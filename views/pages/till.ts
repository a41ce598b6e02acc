// The till: find, basket, pay. What changes while one sells is drawn by client/till.ts from the templates here.
import type { CashSession } from '../../projections/cash-sessions.ts'
import type { Location } from '../../projections/locations.ts'
import {
  button,
  closes,
  dialog,
  icon,
  input,
  linkButton,
  moneyInput,
  notice,
  opens,
  quantityInput,
  radios,
  searchField,
  status,
  submitButton,
} from '../components/index.ts'
import { attributes, type Html, html } from '../html.ts'
import type { Reader } from '../reader.ts'
import { type TillProduct, tillProducts } from './till-products.ts'

export interface TillPage {
  readonly location: Location
  readonly till: number
  readonly personId: string
  readonly session: CashSession | undefined
  readonly found: readonly TillProduct[]
  readonly mayDiscount: boolean
  readonly mayChangePrice: boolean
}

/** Notes of the metical, in its minor unit. */
const notes = [5_000, 10_000, 20_000, 50_000, 100_000]

export const tillContent = (reader: Reader, page: TillPage): Html => html`<div${attributes({
  class: 'till',
  id: 'till',
  'data-location': page.location.locationId,
  'data-till': page.till,
  'data-person': page.personId,
  'data-currency': reader.format.currency,
  'data-sign': reader.format.currencySign,
  ...words(reader),
})}>
  ${findZone(reader, page)}
  ${basketZone(reader)}
  ${payZone(reader, page)}
</div>
<section class="till-done" id="till-done" aria-live="polite" hidden></section>
${lineDialog(reader, page)}
${customerDialog(reader)}
${templates(reader)}`

/** What the script says; its gaps are filled there. */
const words = ({ t }: Reader) => ({
  'data-walk-in': t('till.customer-none'),
  'data-change-due': t('till.change-due'),
  'data-missing': t('till.missing'),
  'data-not-amount': t('errors.invalid-number'),
  'data-discount-too-large': t('till.discount-too-large', { amount: '{amount}' }),
  'data-discounted': t('till.discounted', { amount: '{amount}' }),
  'data-one-line': t('till.lines', { count: 1 }),
  'data-many-lines': t('till.lines-many', { count: '{count}' }),
  'data-find-none': t('till.find-none', { query: '{query}' }),
  'data-find-failed': t('till.find-failed', { query: '{query}' }),
  'data-more': t('till.increase', { product: '{product}' }),
  'data-less': t('till.decrease', { product: '{product}' }),
  'data-remove': t('till.remove-line', { product: '{product}' }),
  'data-edit': t('till.edit-line', { product: '{product}' }),
})

const findZone = (reader: Reader, { found }: TillPage): Html => {
  const { t } = reader
  return html`<section class="till-find" aria-labelledby="till-find-title">
    <div class="till-zone-head"><h2 id="till-find-title">${t('till.find')}</h2><span><kbd>F2</kbd></span></div>
    ${searchField({
      placeholder: t('till.find-placeholder'),
      attrs: {
        id: 'till-search',
        autofocus: true,
        enterkeyhint: 'done',
        'hx-get': '/till/products',
        'hx-trigger': 'input changed delay:120ms',
        'hx-target': '#till-products',
        'hx-sync': 'this:replace',
      },
    })}
    <p class="till-note" id="till-note" role="status"></p>
    ${tillProducts(reader, { found, query: '' })}
  </section>`
}

const basketZone = ({ t }: Reader): Html => html`<section class="till-basket" aria-labelledby="till-basket-title">
  <div class="till-zone-head">
    <h2 id="till-basket-title">${t('till.basket')}</h2>
    <span class="soft" data-count></span>
    <span class="till-line-tools" data-if-lines hidden>
      ${button({ label: t('till.undo'), look: 'quiet', size: 'small', icon: 'undo', iconOnly: true, attrs: { 'data-do': 'undo' } })}
      ${button({ label: t('till.clear'), look: 'quiet', size: 'small', icon: 'trash', iconOnly: true, attrs: { 'data-do': 'clear' } })}
    </span>
  </div>
  <ul class="till-lines" id="till-lines" hidden></ul>
  <div class="empty" id="till-empty">${icon('barcode')}<p class="empty-title">${t('till.basket-empty')}</p><p>${t('till.basket-empty-hint')}</p></div>
  <p class="till-keys">
    <span><kbd>+</kbd> <kbd>−</kbd> ${t('common.quantity')}</span>
    <span><kbd>F6</kbd> ${t('till.key-line')}</span><span><kbd>Del</kbd> ${t('common.remove')}</span><span><kbd>Ctrl Z</kbd> ${t('till.key-undo')}</span>
  </p>
</section>`

const payZone = (reader: Reader, page: TillPage): Html => {
  const { t } = reader
  return html`<section class="till-pay" aria-labelledby="till-pay-title">
    <div class="till-zone-head"><h2 id="till-pay-title">${t('till.pay-title')} <kbd>F4</kbd></h2>${tillChoice(reader, page)}</div>
    ${sessionState(reader, page)}
    <div id="till-answer" role="alert"></div>
    <form id="till-pay" class="till-pay-form" novalidate>
      ${customerButton(reader)}
      ${radios({}, { name: 'method', label: t('till.method'), value: 'cash', look: 'tiles', choices: methods(reader) })}
      ${cashPart(reader)}
      <div data-for="card mpesa" hidden>${input(reader, {}, { name: 'reference', label: t('till.reference'), attrs: { autocomplete: 'off', maxlength: 100 } })}</div>
      <p class="soft" data-for="account" hidden>${t('till.account-hint')}</p>
      ${finish(reader)}
    </form>
  </section>`
}

const customerButton = ({ t }: Reader): Html =>
  html`<button${attributes({ class: 'button button-plain till-customer', type: 'button', ...opens('till-customer') })}>${icon('user')}<span>${t('till.customer')}</span><small data-customer-name></small></button>`

const methods = ({ t }: Reader) =>
  [
    { value: 'cash', label: t('common.payment.cash'), icon: 'cash' },
    { value: 'card', label: t('common.payment.card'), icon: 'card' },
    { value: 'mpesa', label: t('common.payment.mpesa'), icon: 'phone' },
    { value: 'account', label: t('common.payment.account'), icon: 'account' },
  ] as const

const cashPart = (reader: Reader): Html => {
  const { t, format } = reader
  return html`<div class="till-cash" data-for="cash">
    <div class="till-tendered">${moneyInput(reader, {}, { name: 'tendered', label: t('till.tendered'), width: 'full', attrs: { maxlength: 16, enterkeyhint: 'done' } })}</div>
    <div class="till-notes">
      ${button({ label: t('till.exact'), attrs: { 'data-do': 'note' } })}
      ${notes.map((note) => button({ label: format.number(note / 100), attrs: { 'data-do': 'note', 'data-value': note } }))}
    </div>
  </div>`
}

const finish = ({ t, format }: Reader): Html => html`<div class="till-finish">
  <p class="till-change" id="till-change" aria-live="polite" hidden><span data-change-label></span><span class="amount" data-change></span></p>
  <div class="till-sum" id="till-sum">
    <div data-if-discount hidden><span>${t('till.subtotal')}</span><span class="amount" data-subtotal></span></div>
    <div data-if-discount hidden><span>${t('till.discount')}</span><span class="amount" data-discount></span></div>
    <div><span>${t('till.tax-included')}</span><span class="amount" data-tax></span></div>
  </div>
  <p class="till-total"><span class="till-total-label">${t('till.total')}</span><output class="till-total-value"><span data-sum></span> <small>${format.currencySign}</small></output></p>
  ${submitButton({ label: t('till.complete'), size: 'large', key: 'F9', attrs: { id: 'till-finish', class: 'till-pay-button' } })}
</div>`

const tillChoice = ({ t }: Reader, { location, till }: TillPage): Html => {
  if (location.tills === 1) return html`<span>${t('cash.till', { number: till })}</span>`
  const numbers = Array.from({ length: location.tills }, (_, at) => at + 1)
  return html`<nav class="segmented" aria-label="${t('till.choose')}">${numbers.map(
    (number) =>
      html`<a${attributes({ href: `/till?till=${number}`, 'aria-label': t('cash.till', { number }), 'aria-current': number === till && 'true' })}>${number}</a>`,
  )}</nav>`
}

/** Whether what is paid in cash is counted in a session. */
const sessionState = ({ t, format }: Reader, { till, session }: TillPage): Html =>
  html`<p class="till-session">${
    session
      ? html`${status('good', t('till.session-open', { time: format.time(session.openedAt) }))}<a href="/cash/${session.cashSessionId}">${t('till.see-session')}</a>`
      : html`${status('warning', t('till.no-session'))}<a href="/cash/open?till=${till}">${t('till.open-session')}</a>`
  }</p>`

const lineDialog = (reader: Reader, { mayChangePrice, mayDiscount }: TillPage): Html => {
  const { t } = reader
  return dialog(reader, {
    id: 'till-line-dialog',
    title: t('till.line'),
    body: html`<form id="till-line-form" class="form" method="dialog" novalidate>
      ${quantityInput(reader, {}, { name: 'quantity', label: t('common.quantity'), required: true })}
      ${mayDiscount && input(reader, {}, { name: 'discount', label: t('till.discount'), hint: t('till.discount-hint'), width: 'short', attrs: { class: 'num', inputmode: 'decimal', autocomplete: 'off' } })}
      ${mayChangePrice && moneyInput(reader, {}, { name: 'unitPrice', label: t('common.price'), required: true })}
      <p class="error" role="alert" data-wrong></p>
      <div class="actions">${submitButton({ label: t('till.keep-line') })}${button({ label: t('common.cancel'), attrs: closes('till-line-dialog') })}</div>
    </form>`,
  })
}

const customerDialog = (reader: Reader): Html => {
  const { t } = reader
  return dialog(reader, {
    id: 'till-customer',
    title: t('till.customer'),
    body: html`<div class="stack">
      ${searchField({
        placeholder: t('till.customer-search'),
        attrs: {
          id: 'till-customer-search',
          autofocus: true,
          'hx-get': '/till/customers',
          'hx-trigger': 'input changed delay:150ms',
          'hx-target': '#till-customers',
          'hx-sync': 'this:replace',
        },
      })}
      <div id="till-customers" aria-live="polite"></div>
      <form id="till-nuit" class="form" novalidate>
        ${input(reader, {}, { name: 'nuit', label: t('till.nuit-only'), hint: t('till.nuit-hint'), width: 'short', attrs: { inputmode: 'numeric', autocomplete: 'off', maxlength: 14 } })}
        <div class="actions">${submitButton({ label: t('till.use-nuit'), look: 'plain' })}${button({ label: t('till.customer-none'), look: 'quiet', attrs: { 'data-nobody': true } })}</div>
      </form>
    </div>`,
  })
}

/** What the script makes lines and messages of. */
const templates = ({ t }: Reader): Html => html`<template id="till-line"><li class="till-line">
  <div class="till-line-name"><span data-name></span><small data-price></small></div>
  <span class="amount till-line-total" data-total></span>
  <div class="stepper">
    <button type="button" data-do="less" data-says="less">${icon('minus')}</button><output data-quantity></output><button type="button" data-do="more" data-says="more">${icon('plus')}</button>
  </div>
  <div class="till-line-tools">
    <button class="button button-quiet button-icon" type="button" data-do="edit" data-says="edit">${icon('edit')}</button>
    <button class="button button-quiet button-icon" type="button" data-do="remove" data-says="remove">${icon('trash')}</button>
  </div>
</li></template>
<template id="till-unanswered">${notice('warning', t('till.unanswered'), html`<p>${t('till.unanswered-hint')}</p>${button({ label: t('common.retry'), size: 'small', attrs: { 'data-do': 'again' } })}`)}</template>
<template id="till-offline"><div data-offline>${notice('warning', t('till.offline'), t('till.offline-hint'))}</div></template>
<template id="till-signed-out">${notice('warning', t('till.signed-out'), linkButton('/login?next=/till', { label: t('login.submit'), size: 'small' }))}</template>
<template id="till-failed">${notice('danger', t('till.failed'))}</template>`
