// The pages of those who sell: the till, the sales and what follows them.
import { cashPages } from './cash.ts'
import { cashFormPages } from './cash-forms.ts'
import { salePages } from './sale.ts'
import { saleFormPages } from './sale-forms.ts'
import { refundPages } from './sale-refund.ts'
import { salesPages } from './sales.ts'
import { tillPages } from './till.ts'

export const sellingPages = [tillPages, salesPages, salePages, refundPages, saleFormPages, cashFormPages, cashPages]
