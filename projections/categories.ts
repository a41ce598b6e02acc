// The names of categories that products were ever put in. How many a category has now is a count over products.
import { folded } from './folded.ts'
import { asItBegan, projection } from './projection.ts'

export interface Category {
  readonly category: string
  readonly nameKey: string
}

interface Categorised {
  readonly data: { readonly category: string }
}

const named = {
  key: ({ data }: Categorised) => data.category,
  initial: ({ data: { category } }: Categorised): Category => ({ category, nameKey: folded(category) }),
  apply: asItBegan<Category>,
}

export const categories = projection<Category>('categories', {
  version: 1,
  indexes: ['nameKey'],
  on: { ProductRegistered: named, ProductDetailsChanged: named },
})
