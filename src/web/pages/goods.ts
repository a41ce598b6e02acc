// The pages about goods: products, stock, suppliers and purchase orders.
import type { Hono } from 'hono'
import type { Assets } from '../assets.ts'
import type { Environment } from '../environment.ts'
import { orderFormPages } from './order-forms.ts'
import { orderProposalPages } from './order-proposal.ts'
import { ordersPages } from './orders.ts'
import { productPages } from './product.ts'
import { productFormPages } from './product-form.ts'
import { productImportPages } from './product-import.ts'
import { productPhotoPages } from './product-photo.ts'
import { productsPages } from './products.ts'
import { stockPages } from './stock.ts'
import { stockCountPages } from './stock-count.ts'
import { stockFormPages } from './stock-forms.ts'
import { stockMovementsPages } from './stock-movements.ts'
import { suppliersPages } from './suppliers.ts'

/** Each gives its part of the pages; fixed addresses stand before those with an id. */
export const goodsPages: readonly ((assets: Assets) => Hono<Environment>)[] = [
  productsPages,
  productImportPages,
  productFormPages,
  productPhotoPages,
  productPages,
  stockPages,
  stockFormPages,
  stockCountPages,
  stockMovementsPages,
  suppliersPages,
  orderFormPages,
  orderProposalPages,
  ordersPages,
]
