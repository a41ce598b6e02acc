// The pages of those who sell: the till, the sales and what follows them.
import { salePages } from './sale.ts'
import { salesPages } from './sales.ts'
import { tillPages } from './till.ts'

export const sellingPages = [tillPages, salesPages, salePages]
