// Sample forms: one with errors, an error page, and the login as it is.
import * as ui from '../../views/components/index.ts'
import { type Html, html } from '../../views/html.ts'
import { barePage, type Frame, layout } from '../../views/layout.ts'
import { loginContent } from '../../views/pages/login.ts'

export const formSample = (frame: Frame): Html => {
  const { reader } = frame
  const { t } = reader
  const state: ui.FormState = {
    values: { name: 'Arroz <Bela>', price: '48,5o', unit: 'saco', method: 'cash', active: 'on' },
    labels: { sku: t('products.sku'), price: t('products.price') },
    errors: { sku: t('errors.required'), price: t('errors.invalid-number') },
  }
  return layout(frame, {
    title: t('products.new'),
    current: 'products',
    main: html`
${ui.pageHead({ back: { href: '/products', label: t('products.title') }, title: t('products.new') })}
<div class="narrow">${ui.card({
      body: ui.form(reader, {
        id: 'product-form',
        action: '/products',
        state,
        attrs: { 'hx-post': '/products', 'hx-target': 'this' },
        body: html`
          ${ui.input(reader, state, { name: 'name', label: t('products.name'), required: true })}
          ${ui.fieldRow(
            ui.input(reader, state, { name: 'sku', label: t('products.sku'), required: true }),
            ui.input(reader, state, { name: 'barcode', label: t('products.barcode') }),
          )}
          ${ui.fieldRow(
            ui.moneyInput(reader, state, { name: 'price', label: t('products.price'), required: true }),
            ui.moneyInput(reader, state, { name: 'cost', label: t('products.cost') }),
            ui.select(reader, state, {
              name: 'tax',
              label: t('products.tax-rate'),
              required: true,
              choices: [
                { value: '1600', label: 'IVA 16%' },
                { value: '0', label: 'Isento' },
              ],
            }),
          )}
          ${ui.quantityInput(reader, state, { name: 'reorderPoint', label: t('products.reorder-point'), hint: t('products.reorder-point-hint'), unit: 'saco' })}
          ${ui.radios(state, {
            name: 'method',
            label: t('sales.payment'),
            choices: (['cash', 'card', 'mpesa', 'account'] as const).map((value) => ({
              value,
              label: t(`common.payment.${value}`),
            })),
          })}
          ${ui.dateInput(reader, state, { name: 'date', label: t('common.date') })}
          ${ui.textarea(reader, state, { name: 'note', label: t('common.note') })}
          ${ui.checkbox(state, { name: 'active', label: t('products.status.active') })}`,
        actions: html`${ui.submitButton({ label: t('common.save') })}${ui.linkButton('/products', { label: t('common.cancel'), look: 'quiet' })}${ui.button({ label: t('common.open'), attrs: ui.opens('sample-dialog') })}`,
      }),
    })}</div>
${ui.dialog(reader, { id: 'sample-dialog', title: t('stock.adjust'), body: ui.form(reader, { action: '/stock', body: ui.quantityInput(reader, {}, { name: 'counted', label: t('stock.counted'), required: true }), actions: ui.submitButton({ label: t('stock.count') }) }) })}`,
  })
}

export const errorSample = (frame: Frame): Html => {
  const { t } = frame.reader
  return barePage(frame, {
    title: t('errors.not-found-title'),
    main: ui.pageMessage(
      t('errors.not-found-title'),
      t('errors.not-found'),
      ui.linkButton('/', { label: t('errors.home'), look: 'primary' }),
    ),
  })
}

export const loginSample = (frame: Frame): Html => {
  const { reader } = frame
  const state: ui.FormState = { values: { email: 'ana@loja.co.mz' }, errors: { form: reader.t('login.wrong') } }
  const demo = { emails: ['super@caminho.test', 'manager@caminho.test'], password: 'caminho-demo' }
  return barePage(frame, {
    title: reader.t('login.title'),
    main: loginContent(reader, { state, next: '/', demo }),
  })
}
