// The lines of whatever moves goods: one for each product.
import { type Rejection, reject } from '../kernel/decider.ts'

/** `duplicate-line` { productId } for a product that is on more than one line, most likely by mistake; undefined when there is none. */
export const duplicateIn = (lines: readonly { readonly productId: string }[]): Rejection | undefined => {
  const seen = new Set<string>()
  for (const { productId } of lines) {
    if (seen.has(productId)) return reject('duplicate-line', { productId })
    seen.add(productId)
  }
  return undefined
}
