// The counter: the one basket in hand, its undo, the line in focus; whoever draws is told of every change.
import { type Basket, lineOf, totalsOf } from './basket.ts'
import { keepBasket, keptBasket, newBasket } from './keeping.ts'
import { page } from './page.ts'

const place = `caminho-till:${page.dataset.location}:${page.dataset.person}`
const before: Basket[] = []
const watchers: (() => void)[] = []
let basket = keptBasket(place)
let selected = basket.lines.at(-1)?.product.id

const changed = (): void => {
  page.toggleAttribute('data-unkept', !keepBasket(place, basket))
  for (const draw of watchers) draw()
}

export const counter = {
  get basket() {
    return basket
  },
  /** The line that the keys act on: the newest unless another was chosen. */
  get selected() {
    return selected && lineOf(basket, selected) ? selected : basket.lines.at(-1)?.product.id
  },
  get total() {
    return totalsOf(basket).total
  },
  onChange(draw: () => void): void {
    watchers.push(draw)
  },
  select(productId: string): void {
    selected = productId
    changed()
  },
  /** Moves the choice up or down the basket. */
  selectNext(by: number): void {
    const ids = basket.lines.map(({ product }) => product.id)
    const at = ids.indexOf(counter.selected ?? '') + by
    const next = ids[Math.max(0, Math.min(at, ids.length - 1))]
    if (next) counter.select(next)
  },
  /** A change that can be undone. While an answer is awaited the basket stays as it was sent. */
  change(next: Basket, focus?: string): void {
    if (basket.sent !== null || next === basket) return
    before.push(basket)
    basket = next
    if (focus) selected = focus
    changed()
  },
  undo(): void {
    const last = before.pop()
    if (!last || basket.sent !== null) return
    basket = last
    changed()
  },
  /** Notes what is on its way to the server; null: it was answered. */
  markSent(sent: string | null): void {
    basket = { ...basket, sent }
    changed()
  },
  /** The server has acknowledged the sale: only now is the basket let go. */
  startAnew(): void {
    before.length = 0
    basket = newBasket()
    selected = undefined
    changed()
  },
}
