// The payment: its method, the cash handed over and the change, the customer; and what is sent to the server.
import { fieldAmount, parseAmount } from '../amount.ts'
import type { Customer } from './basket.ts'
import { counter } from './counter.ts'
import { part, write } from './dom.ts'
import { page, pay } from './page.ts'
import { comma, minorDigits, money, said } from './words.ts'

const tendered = part('field-tendered', HTMLInputElement)
const reference = part('field-reference', HTMLInputElement)
const change = part('till-change', HTMLElement)
const finish = part('till-finish', HTMLButtonElement)

export const methodNow = (): string => new FormData(pay).get('method')?.toString() ?? 'cash'

/** The cash handed over: undefined for what is no amount, null when nothing was typed, which is the exact amount. */
const cashNow = (): number | null | undefined =>
  tendered.value.trim() === '' ? null : parseAmount(tendered.value, minorDigits)

/** Whether all is there that the sale needs. */
export const canFinish = (): boolean => {
  const { basket, total } = counter
  if (basket.lines.length === 0) return false
  if (methodNow() === 'account') return basket.customer !== null
  const cash = cashNow()
  return methodNow() !== 'cash' || cash === null || (cash !== undefined && cash >= total)
}

/** The payment as it is now: only the fields of its method, and the change as soon as it is known. */
export function drawPayment(): void {
  const { basket, total } = counter
  const method = methodNow()
  for (const part of pay.querySelectorAll<HTMLElement>('[data-for]'))
    part.hidden = !part.dataset.for?.split(' ').includes(method)

  const cash = cashNow()
  change.hidden = method !== 'cash' || cash === null
  const missing = cash === undefined || cash === null || cash < total
  change.classList.toggle('till-change-missing', missing)
  write(change, 'change-label', said(cash === undefined ? 'notAmount' : missing ? 'missing' : 'changeDue'))
  write(change, 'change', cash === undefined ? '' : money(Math.abs((cash ?? 0) - total)))
  tendered.setAttribute('aria-invalid', String(cash === undefined))

  write(page, 'customer-name', basket.customer?.name ?? (basket.nuit === '' ? said('walkIn') : basket.nuit))
  finish.setAttribute('aria-disabled', String(!canFinish()))
}

/** What a note adds to the cash handed over; no value: exactly the total. */
export function handOver(note: number | undefined): void {
  const sum = note === undefined ? counter.total : (cashNow() ?? 0) + note
  tendered.value = fieldAmount(sum, minorDigits, comma)
  drawPayment()
  tendered.focus()
}

export function chooseCustomer(customer: Customer | null, nuit: string): void {
  counter.change({ ...counter.basket, customer, nuit })
}

export function focusPayment(): void {
  const field = methodNow() === 'cash' ? tendered : methodNow() === 'account' ? finish : reference
  field.focus()
  if (field instanceof HTMLInputElement) field.select()
}

export function clearPayment(): void {
  pay.reset()
  drawPayment()
}

/** The sale as it is sent. `reason`: why it is sold although there should not be so much. */
export function saleAsked(reason?: string): string {
  const { basket } = counter
  const method = methodNow()
  return JSON.stringify({
    locationId: page.dataset.location,
    till: Number(page.dataset.till),
    lines: basket.lines.map(({ product, quantity, unitPrice, discount }) => ({
      productId: product.id,
      quantity,
      unitPrice,
      discount,
    })),
    payment: {
      method,
      tendered: method === 'cash' ? cashNow() : null,
      reference: reference.value.trim() !== '' && method !== 'cash' ? reference.value.trim() : null,
    },
    customerId: basket.customer?.id ?? null,
    customerNuit: basket.customer || basket.nuit === '' ? null : basket.nuit,
    override: reason === undefined ? null : { reason },
  })
}
