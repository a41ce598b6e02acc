// Sends the sale: once, however often it is asked for. What was sent stays noted until there is an answer, so that a lost answer, a reload or
// a dead network lead to the same request again, which the server knows by its key.
import { counter } from './counter.ts'
import { fresh } from './dom.ts'
import { answer, done, page, tellThere } from './page.ts'
import { canFinish, clearPayment, focusPayment, saleAsked } from './payment.ts'

/** Milliseconds to wait for an answer. */
const patience = 15_000
let underWay = false

type Answered = { readonly kind: 'sold' | 'refused'; readonly content: Element } | { readonly kind: 'signed-out' }

/** The server's answer; undefined when there is none that says whether the sale was made. */
async function post(sale: string, key: string): Promise<Answered | undefined> {
  try {
    const response = await fetch('/till/sales', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': key, 'hx-request': 'true' },
      body: sale,
      signal: AbortSignal.timeout(patience),
    })
    if (response.status === 401) return { kind: 'signed-out' }
    if (response.status >= 500) return undefined
    const content = new DOMParser().parseFromString(await response.text(), 'text/html').querySelector('[data-answer]')
    const kind = response.ok ? 'sold' : 'refused'
    return content ? { kind, content } : { kind: 'refused', content: fresh('till-failed') }
  } catch {
    return undefined
  }
}

/** The sale is made: the basket is let go, the change is shown. */
function showSold(content: Element): void {
  counter.startAnew()
  clearPayment()
  answer.replaceChildren()
  tellThere(done, content)
  page.hidden = true
  done.hidden = false
  done.querySelector<HTMLElement>('[data-do="next"]')?.focus()
}

function showRefused(content: Element): void {
  tellThere(answer, content)
  answer.querySelector<HTMLElement>('input, button')?.focus()
}

function show(answered: Answered | undefined): void {
  if (answered === undefined) tellThere(answer, fresh('till-unanswered'))
  else if (answered.kind === 'signed-out') tellThere(answer, fresh('till-signed-out'))
  else {
    counter.markSent(null)
    const content = document.importNode(answered.content, true)
    if (answered.kind === 'sold') showSold(content)
    else showRefused(content)
  }
}

/** Sends what was sent before, or else the basket as it is. */
async function send(sale: string): Promise<void> {
  if (underWay) return
  underWay = true
  counter.markSent(sale)
  page.setAttribute('aria-busy', 'true')
  const answered = await post(sale, counter.basket.key)
  underWay = false
  page.setAttribute('aria-busy', 'false')
  show(answered)
}

/** Finishes the sale. `reason`: why it is sold although there should not be so much. */
export function finishSale(reason?: string): void {
  const { sent } = counter.basket
  if (sent !== null) void send(sent)
  else if (!canFinish()) focusPayment()
  // Without a network nothing leaves the house, so the basket need not be held back.
  else if (!navigator.onLine) tellThere(answer, fresh('till-offline'))
  else void send(saleAsked(reason))
}

/** Takes up again what had no answer: after a reload, or when the network is back. */
export function resume(): void {
  if (counter.basket.sent !== null) void send(counter.basket.sent)
  else if (answer.querySelector('[data-offline]')) answer.replaceChildren()
}

export function nextSale(): void {
  done.hidden = true
  page.hidden = false
  done.replaceChildren()
}
