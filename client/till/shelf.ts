// The products that the server has shown so far, and asking for one by what was typed or scanned.
import type { Product } from './basket.ts'

const known = new Map<string, Product>()

/** The product that a button stands for. */
export const productOn = (button: HTMLElement): Product => {
  // Written by our own server, in views/pages/till.ts.
  const product = JSON.parse(button.dataset.product ?? '{}') as Product
  known.set(product.sku.toLowerCase(), product)
  if (product.barcode) known.set(product.barcode.toLowerCase(), product)
  return product
}

const productsOn = (list: ParentNode): readonly Product[] =>
  [...list.querySelectorAll<HTMLElement>('[data-product]')].map(productOn)

/** Remembers what a list shows, so that it is found again without the network. */
export const remember = (list: ParentNode): void => {
  productsOn(list)
}

const matches = (product: Product, code: string): boolean =>
  product.sku.toLowerCase() === code || product.barcode?.toLowerCase() === code

/**
 * The product with exactly this barcode or SKU, or else, when `nearest` is allowed, the first that is found.
 * @throws when the server cannot be asked
 */
export async function findProduct(asked: string, { nearest }: { nearest: boolean }): Promise<Product | undefined> {
  const code = asked.trim().toLowerCase()
  const here = known.get(code)
  if (here) return here
  const answer = await fetch(`/till/products?search=${encodeURIComponent(asked.trim())}`, {
    headers: { 'hx-request': 'true' },
  })
  if (!answer.ok) throw new Error(String(answer.status))
  const list = new DOMParser().parseFromString(await answer.text(), 'text/html')
  const found = productsOn(list)
  return found.find((product) => matches(product, code)) ?? (nearest ? found[0] : undefined)
}
