// The pages about goods: products, stock, suppliers and purchase orders.
import type { Hono } from 'hono'
import type { Assets } from '../assets.ts'
import type { Environment } from '../environment.ts'
import { productsPages } from './products.ts'

/** Each gives its part of the pages. */
export const goodsPages: readonly ((assets: Assets) => Hono<Environment>)[] = [productsPages]
