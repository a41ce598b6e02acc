// The dialog of one line: quantity, discount, and the price where the person may change it.
import { fieldAmount, parseAmount } from '../amount.ts'
import { changeLine, lineOf } from './basket.ts'
import { counter } from './counter.ts'
import { part, write } from './dom.ts'
import { amountsOf } from './money.ts'
import { comma, minorDigits, money, said } from './words.ts'

const dialog = part('till-line-dialog', HTMLDialogElement)
const form = part('till-line-form', HTMLFormElement)
let productId = ''

const field = (name: string): HTMLInputElement | undefined => {
  const found = form.elements.namedItem(name)
  return found instanceof HTMLInputElement ? found : undefined
}

const fill = (name: string, value: number, decimals: number): void => {
  const input = field(name)
  if (!input) return
  input.value = fieldAmount(value, decimals, comma)
  input.removeAttribute('aria-invalid')
}

/** A discount as it is typed: an amount, or a percentage of the line. */
const discountOf = (typed: string, gross: number): number | undefined => {
  if (typed.trim() === '') return 0
  const percentage = /^\s*(.+)%\s*$/.exec(typed)?.[1]
  if (percentage === undefined) return parseAmount(typed, minorDigits)
  const hundredths = parseAmount(percentage, 2)
  return hundredths === undefined ? undefined : Math.round((gross * hundredths) / 10_000)
}

export function openLine(id: string | undefined): void {
  const line = id === undefined ? undefined : lineOf(counter.basket, id)
  if (!line || counter.basket.sent !== null) return
  productId = line.product.id
  const title = dialog.querySelector('h2')
  if (title) title.textContent = line.product.name
  write(form, 'unit', line.product.unit)
  fill('quantity', line.quantity, line.product.decimals)
  fill('unitPrice', line.unitPrice, minorDigits)
  const discount = field('discount')
  if (discount) discount.value = line.discount === 0 ? '' : fieldAmount(line.discount, minorDigits, comma)
  write(form, 'wrong', '')
  dialog.showModal()
  field('quantity')?.select()
}

form.addEventListener('submit', (event) => {
  event.preventDefault()
  const line = lineOf(counter.basket, productId)
  if (!line) return dialog.close()
  const typed = (name: string) => field(name)?.value ?? ''
  const quantity = parseAmount(typed('quantity'), line.product.decimals)
  const unitPrice = field('unitPrice') ? parseAmount(typed('unitPrice'), minorDigits) : line.unitPrice
  const gross = amountsOf({ ...line, quantity: quantity ?? 0, unitPrice: unitPrice ?? 0 }).gross
  const discount = discountOf(typed('discount'), gross)
  const wrong =
    quantity === undefined || quantity < 0
      ? 'quantity'
      : unitPrice === undefined || unitPrice < 0
        ? 'unitPrice'
        : discount === undefined || discount < 0 || discount > gross
          ? 'discount'
          : undefined
  if (wrong || quantity === undefined || unitPrice === undefined || discount === undefined) {
    for (const name of ['quantity', 'unitPrice', 'discount'])
      field(name)?.setAttribute('aria-invalid', String(name === wrong))
    write(
      form,
      'wrong',
      wrong === 'discount' && discount !== undefined
        ? said('discountTooLarge', { amount: money(gross) })
        : said('notAmount'),
    )
    return field(wrong ?? 'quantity')?.select()
  }
  counter.change(changeLine(counter.basket, productId, { quantity, unitPrice, discount }), productId)
  dialog.close()
})
