// A program that sells over the JSON API, as a till would.
import assert from 'node:assert/strict'
import { z } from 'zod'
import { password, type Till } from './company.ts'

const signedIn = z.object({ accessToken: z.string() })
const registered = z.object({
  id: z.string(),
  total: z.int(),
  tax: z.int(),
  document: z.string(),
  position: z.string().regex(/^\d+$/),
})
export type RegisteredSale = z.infer<typeof registered>

export interface SaleAnswer {
  readonly status: number
  /** The answer's body as it came. */
  readonly text: string
  /** Set when the sale was registered. */
  readonly sale: RegisteredSale | undefined
}

export interface SaleOrder extends Till {
  readonly lines: readonly { readonly productId: string; readonly quantity: number }[]
  readonly payment: { readonly method: 'cash' | 'card' | 'mpesa' }
}

export async function signIn(url: string, email = 'employee@caminho.test'): Promise<string> {
  const headers = { 'content-type': 'application/json' }
  const body = JSON.stringify({ email, password })
  const response = await fetch(`${url}/api/auth/login`, { method: 'POST', headers, body })
  assert.equal(response.status, 200, 'signing in')
  return signedIn.parse(await response.json()).accessToken
}

/** Registers a sale. `key`: the Idempotency-Key. @throws when the server does not answer */
export async function sell(url: string, token: string, order: SaleOrder, key?: string): Promise<SaleAnswer> {
  const response = await fetch(`${url}/api/sales`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      ...(key !== undefined && { 'idempotency-key': key }),
    },
    body: JSON.stringify(order),
  })
  const text = await response.text()
  const sale = response.status === 201 ? registered.parse(JSON.parse(text)) : undefined
  return { status: response.status, text, sale }
}

/** Waits until the read models show the log up to a position. */
export async function caughtUp(url: string, token: string, position: bigint): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const headers = { authorization: `Bearer ${token}`, minPosition: String(position) }
    const response = await fetch(`${url}/api/locations`, { headers })
    await response.arrayBuffer()
    if (response.ok) return
    // Each attempt waits up to two seconds itself.
    assert(response.status === 503 && attempt < 30, `the read models do not reach ${position}: ${response.status}`)
  }
}

/** Runs jobs by so many clients at once, each taking the next one. */
export async function byClients<Answer>(clients: number, jobs: number, job: (number: number) => Promise<Answer>) {
  const answers: Answer[] = []
  let next = 0
  const client = async () => {
    while (next < jobs) {
      const number = next++
      answers[number] = await job(number)
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
  return answers
}
