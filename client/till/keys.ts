// The till by keyboard: F2 find, F4 pay, F9 finish, F6 the line, + and − its quantity, Delete, Ctrl Z, Escape one step back.
import { removeLine, step } from './basket.ts'
import { counter } from './counter.ts'
import { openLine } from './line-dialog.ts'
import { done, page, pay, search } from './page.ts'
import { focusPayment } from './payment.ts'
import { finishSale, nextSale } from './sending.ts'

export const goFind = (): void => {
  search.focus()
  search.select()
}

const goNext = (): void => {
  nextSale()
  goFind()
}

const clearSearch = (): void => {
  search.value = ''
  search.dispatchEvent(new Event('input', { bubbles: true }))
}

const stepBack = (): void => {
  if (search.value !== '') clearSearch()
  goFind()
}

const stepSelected = (pieces: number): void => {
  const { basket, selected } = counter
  if (selected) counter.change(step(basket, selected, pieces), selected)
}

const removeSelected = (): void => {
  const { basket, selected } = counter
  if (selected) counter.change(removeLine(basket, selected))
}

/** Keys that work wherever the focus is. */
const everywhere: Readonly<Record<string, () => void>> = {
  F2: goFind,
  F4: focusPayment,
  F6: () => openLine(counter.selected),
  F9: () => finishSale(),
  Escape: stepBack,
}

/** Keys that act on the basket as long as nothing is being typed. */
const onBasket: Readonly<Record<string, () => void>> = {
  '+': () => stepSelected(1),
  '-': () => stepSelected(-1),
  Delete: removeSelected,
  ArrowUp: () => counter.selectNext(-1),
  ArrowDown: () => counter.selectNext(1),
}

const isTyping = (target: EventTarget | null): boolean => {
  if (target === search) return search.value !== ''
  if (!(target instanceof HTMLElement)) return false
  // In the fields of the payment the signs are part of what is typed, and the arrows choose the method.
  return target.matches('input, textarea, select')
}

export function listenToKeys(): void {
  document.addEventListener('keydown', (event) => {
    if (document.querySelector('dialog[open], :popover-open') || event.defaultPrevented) return
    if (page.hidden) {
      if (event.key === 'F2' || event.key === 'Escape' || event.key === 'F9') {
        event.preventDefault()
        goNext()
      }
      return
    }
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey
    const undoes = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'z'
    const act = undoes
      ? isTyping(event.target)
        ? undefined
        : counter.undo
      : plain
        ? (everywhere[event.key] ?? (isTyping(event.target) ? undefined : onBasket[event.key]))
        : undefined
    if (!act) return
    event.preventDefault()
    act()
  })

  pay.addEventListener('submit', (event) => {
    event.preventDefault()
    finishSale()
  })
  done.addEventListener('click', ({ target }) => {
    if (target instanceof Element && target.closest('[data-do="next"]')) goNext()
  })
}
