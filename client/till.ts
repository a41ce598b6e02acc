// The till: find, basket, pay. The basket lives in the browser until the server has acknowledged the sale.
import { onHtmx } from './htmx.ts'
import { addProduct, changeLine, type Product, removeLine, step } from './till/basket.ts'
import { drawBasket } from './till/basket-view.ts'
import { counter } from './till/counter.ts'
import { listenToCustomers } from './till/customer.ts'
import { fresh } from './till/dom.ts'
import { goFind, listenToKeys } from './till/keys.ts'
import { openLine } from './till/line-dialog.ts'
import { answer, note, page, pay, products, search, tellThere } from './till/page.ts'
import { drawPayment, handOver } from './till/payment.ts'
import { onScan } from './till/scanner.ts'
import { finishSale, nextSale, resume } from './till/sending.ts'
import { findProduct, productOn, remember } from './till/shelf.ts'
import { said } from './till/words.ts'

const add = (product: Product): void => {
  note.replaceChildren()
  counter.change(addProduct(counter.basket, product), product.id)
}

const showAll = (): void => {
  search.value = ''
  search.dispatchEvent(new Event('input', { bubbles: true }))
}

/** One after the other, in the order in which they were asked for. */
let finding: Promise<void> = Promise.resolve()
const find = (asked: string, how: { readonly nearest: boolean }): void => {
  finding = finding.then(async () => {
    try {
      const product = await findProduct(asked, how)
      if (product) return add(product)
      tellThere(note, said('findNone', { query: asked }))
    } catch {
      tellThere(note, said('findFailed', { query: asked }))
    }
  })
}

search.addEventListener('keydown', (event) => {
  const asked = search.value.trim()
  if (event.key !== 'Enter' || asked === '') return
  event.preventDefault()
  find(asked, { nearest: true })
  showAll()
})

onScan(
  (target) => target === search,
  (code) => {
    nextSale()
    find(code, { nearest: false })
  },
)

const actions: Readonly<Record<string, (button: HTMLElement, productId: string) => void>> = {
  more: (_, id) => counter.change(step(counter.basket, id, 1), id),
  less: (_, id) => counter.change(step(counter.basket, id, -1), id),
  remove: (_, id) => counter.change(removeLine(counter.basket, id)),
  edit: (_, id) => openLine(id),
  undo: () => counter.undo(),
  clear: () => counter.change({ ...counter.basket, lines: [], customer: null, nuit: '' }),
  note: (button) => handOver(button.dataset.value === undefined ? undefined : Number(button.dataset.value)),
  again: () => resume(),
  offline: () => finishSale(),
}

document.addEventListener('click', ({ target }) => {
  const button = target instanceof Element ? target.closest<HTMLElement>('[data-do], [data-product]') : null
  if (!button || !page.contains(button)) return
  if (button.dataset.product) return add(productOn(button))
  const id = button.closest<HTMLElement>('[data-line]')?.dataset.line ?? ''
  actions[button.dataset.do ?? '']?.(button, id)
})

/** What a refusal offers: take what there is, take the prices of now, or sell it anyway. */
answer.addEventListener('click', ({ target }) => {
  const button = target instanceof Element ? target.closest<HTMLElement>('[data-mend]') : null
  if (!button) return
  // Written by our own server, in views/pages/till-answers.ts.
  const changes = JSON.parse(button.dataset.mend ?? '{}') as Record<string, { quantity?: number; unitPrice?: number }>
  let basket = counter.basket
  for (const [productId, change] of Object.entries(changes)) basket = changeLine(basket, productId, change)
  counter.change(basket)
  answer.replaceChildren()
  goFind()
})

answer.addEventListener('submit', (event) => {
  event.preventDefault()
  const reason = event.target instanceof HTMLFormElement ? new FormData(event.target).get('reason') : null
  if (typeof reason === 'string' && reason.trim() !== '') finishSale(reason.trim())
  else answer.querySelector('input')?.focus()
})

counter.onChange(drawBasket)
// A refusal was about the basket as it was.
counter.onChange(() => answer.querySelector('[data-answer]')?.remove())
counter.onChange(drawPayment)
pay.addEventListener('input', drawPayment)
pay.addEventListener('reset', () => queueMicrotask(drawPayment))
onHtmx('htmx:after:swap', () => remember(products))
addEventListener('online', resume)

listenToKeys()
listenToCustomers()
remember(products)
drawBasket()
drawPayment()
if (counter.basket.sent !== null) tellThere(answer, fresh('till-unanswered'))
resume()
