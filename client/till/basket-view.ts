// Draws the basket and its sums. A line's element stays the same as long as the line does, so that focus is not lost.
import type { Line } from './basket.ts'
import { totalsOf } from './basket.ts'
import { counter } from './counter.ts'
import { fresh, part, write } from './dom.ts'
import { amountsOf } from './money.ts'
import { page } from './page.ts'
import { amount, money, quantity, said } from './words.ts'

const list = part('till-lines', HTMLElement)
const empty = part('till-empty', HTMLElement)
const sums = part('till-sum', HTMLElement)

const elementOf = ({ product }: Line): HTMLElement => {
  const shown = [...list.children].find((line) => line instanceof HTMLElement && line.dataset.line === product.id)
  if (shown instanceof HTMLElement) return shown
  const made = fresh('till-line')
  made.dataset.line = product.id
  write(made, 'name', product.name)
  for (const button of made.querySelectorAll<HTMLElement>('[data-says]')) {
    const label = said(button.dataset.says ?? '', { product: product.name })
    button.setAttribute('aria-label', label)
    button.title = label
  }
  return made
}

const drawLine = (line: Line): HTMLElement => {
  const { product, unitPrice, discount } = line
  const element = elementOf(line)
  const each = `${money(unitPrice)} / ${product.unit}`
  write(element, 'price', discount > 0 ? `${each} · ${said('discounted', { amount: money(discount) })}` : each)
  write(element, 'quantity', quantity(line.quantity, product.decimals))
  write(element, 'total', amount(amountsOf(line).total))
  const chosen = product.id === counter.selected
  if (chosen && !element.classList.contains('till-line-last'))
    requestAnimationFrame(() => element.scrollIntoView({ block: 'nearest' }))
  element.classList.toggle('till-line-last', chosen)
  return element
}

const drawSums = (): void => {
  const { basket } = counter
  const { gross, discount, total, tax } = totalsOf(basket)
  for (const row of sums.querySelectorAll<HTMLElement>('[data-if-discount]')) row.hidden = discount === 0
  write(page, 'subtotal', money(gross))
  write(page, 'discount', money(-discount))
  write(page, 'tax', money(tax))
  write(page, 'sum', amount(total))
  page.querySelector('.till-total-value')?.classList.toggle('till-total-long', amount(total).length > 9)
  const count = basket.lines.length
  write(page, 'count', count === 0 ? '' : said(count === 1 ? 'oneLine' : 'manyLines', { count: String(count) }))
}

/** The basket as it is now. */
export function drawBasket(): void {
  const { basket } = counter
  const focused = document.activeElement
  list.replaceChildren(...basket.lines.map(drawLine))
  if (focused instanceof HTMLElement && focused.isConnected && focused !== document.activeElement) focused.focus()
  empty.hidden = basket.lines.length > 0
  list.hidden = basket.lines.length === 0
  for (const tool of page.querySelectorAll<HTMLElement>('[data-if-lines]')) tool.hidden = basket.lines.length === 0
  drawSums()
}
