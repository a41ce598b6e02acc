// Keeps the basket in this browser, for each location and person: it survives a reload, an error, a dead network.
import { type Basket, emptyBasket } from './basket.ts'

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

const isProduct = (value: unknown): boolean =>
  isObject(value) &&
  ['id', 'sku', 'name', 'unit'].every((name) => typeof value[name] === 'string') &&
  ['decimals', 'price', 'taxRate', 'onHand'].every((name) => Number.isSafeInteger(value[name]))

const isLine = (value: unknown): boolean =>
  isObject(value) &&
  isProduct(value.product) &&
  ['quantity', 'unitPrice', 'discount'].every((name) => Number.isSafeInteger(value[name]))

/** What an older version of the till has kept may be of another shape. */
const isBasket = (value: unknown): value is Basket =>
  isObject(value) &&
  typeof value.key === 'string' &&
  typeof value.nuit === 'string' &&
  (value.sent === null || typeof value.sent === 'string') &&
  (value.customer === null || (isObject(value.customer) && typeof value.customer.id === 'string')) &&
  Array.isArray(value.lines) &&
  value.lines.every(isLine)

/** A key that no other basket has; `randomUUID` is there on secure addresses only. */
const newKey = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')

export const newBasket = (): Basket => emptyBasket(newKey())

export const keptBasket = (place: string): Basket => {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(place) ?? 'null')
    if (isBasket(kept)) return kept
  } catch {
    // Nothing that can be read: a new basket.
  }
  return newBasket()
}

/** False when the browser does not let anything be kept. */
export const keepBasket = (place: string, basket: Basket): boolean => {
  try {
    localStorage.setItem(place, JSON.stringify(basket))
    return true
  } catch {
    return false
  }
}
