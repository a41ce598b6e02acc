// Every read model there is. The runners keep all of these.
import type { Projection } from '../src/kernel/projection.ts'
import { alerting } from './alerting.ts'
import { alerts } from './alerts.ts'
import { backups } from './backups.ts'
import { cashSessions } from './cash-sessions.ts'
import { categories } from './categories.ts'
import { consequences } from './consequences.ts'
import { customers } from './customers.ts'
import { documentBuyers } from './document-buyers.ts'
import { fiscalDocuments } from './fiscal-documents.ts'
import { inboxes } from './inboxes.ts'
import { ivaSummary } from './iva-summary.ts'
import { locations } from './locations.ts'
import { loginFailures } from './login-failures.ts'
import { mails } from './mails.ts'
import { notificationPreferences } from './notification-preferences.ts'
import { notifications } from './notifications.ts'
import { people } from './people.ts'
import { productHistory } from './product-history.ts'
import { productStock } from './product-stock.ts'
import { products } from './products.ts'
import { purchaseOrders } from './purchase-orders.ts'
import { restores } from './restores.ts'
import { sales } from './sales.ts'
import { salesByCategory } from './sales-by-category.ts'
import { salesByDay } from './sales-by-day.ts'
import { salesByEmployee } from './sales-by-employee.ts'
import { salesByProduct } from './sales-by-product.ts'
import { sessionOrigins } from './session-origins.ts'
import { sessions } from './sessions.ts'
import { settings } from './settings.ts'
import { stockLevels } from './stock-levels.ts'
import { stockMovements } from './stock-movements.ts'
import { suppliers } from './suppliers.ts'
import { suppressions } from './suppressions.ts'
import { tasks } from './tasks.ts'

export const projections: readonly Projection[] = [
  alerting,
  alerts,
  backups,
  cashSessions,
  categories,
  consequences,
  customers,
  documentBuyers,
  fiscalDocuments,
  inboxes,
  ivaSummary,
  locations,
  loginFailures,
  mails,
  notificationPreferences,
  notifications,
  people,
  productHistory,
  productStock,
  products,
  purchaseOrders,
  restores,
  sales,
  salesByCategory,
  salesByDay,
  salesByEmployee,
  salesByProduct,
  sessionOrigins,
  sessions,
  settings,
  stockLevels,
  stockMovements,
  suppliers,
  suppressions,
  tasks,
]

/** What has a document for nearly every event, and is written once: about half of all the work. */
const ledgers: readonly Projection[] = [stockMovements, fiscalDocuments]

/** All of them in groups of about equal work, so that each can be folded by a thread of its own. */
export const projectionGroups: readonly (readonly Projection[])[] = [
  projections.filter((projection) => !ledgers.includes(projection)),
  ledgers,
]
