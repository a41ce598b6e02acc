// Every read model there is. The runner keeps all of these.
import type { Projection } from '../src/kernel/projection.ts'
import { locations } from './locations.ts'
import { people } from './people.ts'
import { productStock } from './product-stock.ts'
import { products } from './products.ts'
import { sales } from './sales.ts'
import { salesByDay } from './sales-by-day.ts'
import { sessionOrigins } from './session-origins.ts'
import { sessions } from './sessions.ts'
import { settings } from './settings.ts'
import { stockLevels } from './stock-levels.ts'

export const projections: readonly Projection[] = [
  locations,
  people,
  productStock,
  products,
  sales,
  salesByDay,
  sessionOrigins,
  sessions,
  settings,
  stockLevels,
]
