// The sample till with a basket, and the receipt of what was sold.
import * as ui from '../../views/components/index.ts'
import { attributes, type Html, html } from '../../views/html.ts'
import { barePage, type Frame, tillLayout } from '../../views/layout.ts'
import { products } from './sample-frame.ts'

const basket = [
  { name: 'Arroz Bela 5 kg', quantity: '2', unit: 48_500, total: 97_000 },
  { name: 'Tomate fresco', quantity: '1,25', unit: 8_000, total: 10_000 },
  { name: 'Capulana estampada 2 m', quantity: '1', unit: 45_000, total: 45_000 },
]
const total = basket.reduce((sum, line) => sum + line.total, 0)

export const tillSample = (frame: Frame): Html => {
  const { t } = frame.reader
  return tillLayout(frame, {
    title: t('till.title'),
    current: 'till',
    main: html`<div class="till">${findZone(frame)}${basketZone(frame)}${payZone(frame)}</div>`,
  })
}

const findZone = ({
  reader: { t, format },
}: Frame): Html => html`<section class="till-find" aria-label="${t('till.find')}">
  <div class="till-zone-head"><h2>${t('till.find')}</h2><kbd>F2</kbd></div>
  ${ui.searchField({ placeholder: t('till.find-placeholder'), attrs: { id: 'till-search', inputmode: 'search' } })}
  <ul class="till-products">${products.map(
    ({ name, price, onHand, reorderPoint, decimals }) => html`<li><button class="till-product" type="button">
      <span class="till-product-name">${name}</span>
      <span class="till-product-foot"><span class="amount">${format.money(price)}</span>${
        onHand === 0
          ? ui.status('danger', t('till.out-of-stock'))
          : onHand < reorderPoint
            ? ui.status('warning', t('till.in-stock', { onHand: format.quantity(onHand, decimals) }))
            : html`<span>${t('till.in-stock', { onHand: format.quantity(onHand, decimals) })}</span>`
      }</span>
    </button></li>`,
  )}</ul>
</section>`

const basketZone = ({
  reader: { t, format },
}: Frame): Html => html`<section class="till-basket" aria-label="${t('till.basket')}">
  <div class="till-zone-head"><h2>${t('till.basket')}</h2><span>${t('till.lines', { count: basket.length })}</span></div>
  <ul class="till-lines">${basket.map(
    (line, at) => html`<li${attributes({ class: at === basket.length - 1 ? 'till-line till-line-last' : 'till-line' })}>
      <p class="till-line-name">${line.name}<small class="num">${format.money(line.unit)}</small></p>
      <p class="amount till-line-total">${format.money(line.total)}</p>
      <div class="stepper" role="group" aria-label="${line.name}">
        <button type="button" aria-label="${t('till.decrease', { product: line.name })}">${ui.icon('minus')}</button>
        <input value="${line.quantity}" inputmode="decimal" aria-label="${t('common.quantity')}">
        <button type="button" aria-label="${t('till.increase', { product: line.name })}">${ui.icon('plus')}</button>
      </div>
      <div class="till-line-tools">${ui.button({ label: t('till.discount'), look: 'quiet' })}${ui.button({ label: t('till.remove-line', { product: line.name }), look: 'quiet', icon: 'trash', iconOnly: true })}</div>
    </li>`,
  )}</ul>
  <div class="actions no-print">${ui.button({ label: t('common.undo'), look: 'quiet', icon: 'undo', key: 'Ctrl Z' })}${ui.button({ label: t('till.clear'), look: 'quiet', icon: 'trash' })}</div>
</section>`

const payZone = ({ reader }: Frame): Html => {
  const { t, format } = reader
  return html`<section class="till-pay" aria-label="${t('till.pay-title')}">
  <div class="till-sum">
    <div><span>${t('till.customer')}</span>${ui.button({ label: t('till.customer-none'), look: 'quiet', icon: 'user' })}</div>
    <div><span>${t('till.tax-included')}</span><span class="num">${format.money(20_966)}</span></div>
  </div>
  ${ui.radios(
    { values: { method: 'cash' } },
    {
      name: 'method',
      label: t('till.method'),
      look: 'tiles',
      choices: [
        { value: 'cash', label: t('common.payment.cash'), icon: 'cash', key: 'F5' },
        { value: 'card', label: t('common.payment.card'), icon: 'card', key: 'F6' },
        { value: 'mpesa', label: t('common.payment.mpesa'), icon: 'phone', key: 'F7' },
        { value: 'account', label: t('common.payment.account'), icon: 'account', key: 'F8' },
      ],
    },
  )}
  <div class="till-tendered">${ui.moneyInput(reader, { values: { tendered: '2000' } }, { name: 'tendered', label: t('till.tendered'), width: 'full', required: true })}</div>
  <div class="till-notes">${[total, 200_000, 500_000].map((note, at) => ui.button({ label: at === 0 ? t('till.exact') : format.amount(note).replace(/[.,]00$/, '') }))}</div>
  <p class="till-change"><span>${t('till.change-due')}</span><span class="amount">${format.money(200_000 - total)}</span></p>
  <div class="till-finish">
    <p class="till-total"><span class="till-total-label">${t('till.total')}</span><span class="till-total-value">${format.amount(total)} <small>${format.currencySign}</small></span></p>
    ${ui.submitButton({ label: t('till.complete'), size: 'large', key: 'F9', attrs: { class: 'till-pay-button' } })}
  </div>
  <p class="till-keys"><span><kbd>F2</kbd> ${t('till.key-find')}</span><span><kbd>F9</kbd> ${t('till.key-pay')}</span><span><kbd>Ctrl Z</kbd> ${t('till.key-undo')}</span></p>
</section>`
}

export const receiptSample = (frame: Frame): Html => {
  const { t, format } = frame.reader
  return barePage(frame, {
    title: t('sales.receipt'),
    main: html`<article class="receipt">
  <header class="receipt-head"><h1>Loja Baixa, Lda.</h1><p>Av. 25 de Setembro 1230, Maputo</p><p>NUIT 400123457</p></header>
  <div class="receipt-rows"><div><span>VD MPT1-2026/412</span><span>${format.dateTime('2026-11-24T14:02:00Z')}</span></div><div><span>${t('sales.cashier')}</span><span>Amélia Cossa</span></div></div>
  <table><caption class="sr-only">${t('sales.lines')}</caption><tbody>${basket.map(
    (line) =>
      html`<tr><td>${line.name}<small>${line.quantity} × ${format.amount(line.unit)}</small></td><td>${format.amount(line.total)}</td></tr>`,
  )}</tbody></table>
  <div><p class="receipt-total"><span>${t('common.total')}</span><span>${format.money(total)}</span></p>
  <div class="receipt-rows"><div><span>${t('common.payment.cash')}</span><span>${format.amount(200_000)}</span></div><div><span>${t('sales.receipt-change')}</span><span>${format.amount(200_000 - total)}</span></div></div></div>
  <p>${t('sales.receipt-tax', { rate: format.taxRate(1600), base: format.money(131_034) })}: ${format.amount(20_966)}</p>
  <footer class="receipt-foot"><p>${t('sales.receipt-thanks')}</p><p class="receipt-hash">${t('sales.receipt-hash')}: a41f-90c2-77de</p></footer>
</article>`,
  })
}
