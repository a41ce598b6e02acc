// A line editor: products with quantities and costs, one line each; made for typing and for scanning.
import type { Product } from '../../projections/products.ts'
import { button, type FormState, input, moneyInput, quantityInput } from '../components/index.ts'
import { type Html, html } from '../html.ts'
import type { Reader } from '../reader.ts'

export interface LineFigure {
  readonly name: string
  readonly label: string
  readonly kind: 'quantity' | 'money'
  readonly required?: boolean
}

/** How a product stands in a field: its SKU finds it again. */
export const productText = ({ sku, name }: Pick<Product, 'sku' | 'name'>): string => `${sku} · ${name}`

/** How many lines the form shows. */
export const linesIn = ({ values = {} }: FormState): number =>
  Math.max(
    1,
    ...Object.keys(values).flatMap((name) => (/^product\.\d+$/.test(name) ? [Number(name.slice(8)) + 1] : [])),
  )

/** The names of the lines' fields, for the summary of what is wrong. */
export const lineLabels = ({ t }: Reader, state: FormState, figures: readonly LineFigure[]): Record<string, string> =>
  Object.fromEntries(
    Array.from({ length: linesIn(state) }, (_, at) =>
      [{ name: 'product', label: t('common.product') }, ...figures].map(
        ({ name, label }) => [`${name}.${at}`, t('goods.in-line', { line: at + 1, field: label })] as const,
      ),
    ).flat(),
  )

/** What makes the form answer to its line buttons in place; `id` is the form's. */
export const lineFormAttrs = (id: string, action: string) => ({
  'hx-post': action,
  'hx-target': `#${id}`,
  'hx-select': `#${id}`,
  'hx-swap': 'outerHTML',
})

/** Enter in any field asks for one more line: the first button of a form answers to it. */
export const lineButtonFirst = ({ t }: Reader): Html =>
  html`<button type="submit" name="add" value="1" class="sr-only" tabindex="-1" aria-hidden="true">${t('goods.add-line')}</button>`

/** The lines. Enter in a field asks for the next line, as a scanner does; nothing is sent before the form's own button is pressed. */
export const lineEditor = (
  reader: Reader,
  state: FormState,
  given: { readonly figures: readonly LineFigure[]; readonly offered: readonly Product[]; readonly title: string },
): Html => {
  const { t } = reader
  const count = linesIn(state)
  const bySku = new Map(given.offered.map((product) => [product.sku, product]))
  const productIn = (at: number) => bySku.get(state.values?.[`product.${at}`]?.split(' · ')[0] ?? '')
  return html`<fieldset class="form-part">
  <legend>${given.title}</legend>
  <ul class="line-editor">${Array.from(
    { length: count },
    (_, at) => html`<li>
      ${input(reader, state, {
        name: `product.${at}`,
        label: t('common.product'),
        required: true,
        attrs: {
          list: 'offered',
          autocomplete: 'off',
          placeholder: t('goods.product-hint'),
          ...(at === count - 1 && (at > 0 || !state.errors) && { autofocus: true }),
        },
      })}
      ${given.figures.map((figure) => {
        const field = { name: `${figure.name}.${at}`, label: figure.label, required: figure.required ?? true }
        const unit = productIn(at)?.unit
        return figure.kind === 'money'
          ? moneyInput(reader, state, field)
          : quantityInput(reader, state, { ...field, ...(unit && { unit }) })
      })}
      ${count > 1 && button({ label: t('goods.remove-line', { line: at + 1 }), look: 'quiet', icon: 'close', iconOnly: true, attrs: { type: 'submit', name: 'remove', value: at, formnovalidate: true } })}
    </li>`,
  )}</ul>
  <datalist id="offered">${given.offered.map((product) => html`<option value="${productText(product)}"></option>`)}</datalist>
  <div>${button({ label: t('goods.add-line'), icon: 'plus', attrs: { type: 'submit', name: 'add', value: '1', formnovalidate: true } })}</div>
</fieldset>`
}
