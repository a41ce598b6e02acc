// The JSON API: every route is declared once, and the OpenAPI document is made of the declarations.
import type { OpenAPIHono } from '@hono/zod-openapi'
import { barePage } from '../../../views/layout.ts'
import { apiDocsContent } from '../../../views/pages/api-docs.ts'
import type { Assets } from '../assets.ts'
import type { Environment } from '../environment.ts'
import { surroundingsOf } from '../pages/frame.ts'
import { ProblemError } from '../problems.ts'
import { alertsApi } from './alerts.ts'
import { auditApi } from './audit.ts'
import { authApi } from './auth.ts'
import { backupsApi } from './backups.ts'
import { cashApi } from './cash.ts'
import { conditionalReads } from './conditional.ts'
import { customersApi } from './customers.ts'
import { dashboardApi } from './dashboard.ts'
import { emailsApi } from './emails.ts'
import { eventsApi } from './events.ts'
import { fiscalApi } from './fiscal.ts'
import { locationsApi } from './locations.ts'
import { metricsApi } from './metrics.ts'
import { notificationsApi } from './notifications.ts'
import { operationsApi } from './operations.ts'
import { peopleApi } from './people.ts'
import { photosApi } from './photos.ts'
import { productFilesApi } from './product-files.ts'
import { productsApi } from './products.ts'
import { profileApi } from './profile.ts'
import { purchasingApi } from './purchasing.ts'
import { readOpenApi } from './reading.ts'
import { reportsApi } from './reports.ts'
import { apiRoutes } from './route.ts'
import { salesApi } from './sales.ts'
import { sessionsApi } from './sessions.ts'
import { settingsApi } from './settings.ts'
import { stockApi } from './stock.ts'
import { suppliersApi } from './suppliers.ts'
import { systemApi } from './system.ts'
import { tasksApi } from './tasks.ts'
import { verificationsApi } from './verifications.ts'

const parts = [
  authApi,
  profileApi,
  sessionsApi,
  peopleApi,
  productFilesApi,
  productsApi,
  photosApi,
  locationsApi,
  stockApi,
  suppliersApi,
  purchasingApi,
  salesApi,
  customersApi,
  cashApi,
  tasksApi,
  notificationsApi,
  emailsApi,
  reportsApi,
  dashboardApi,
  fiscalApi,
  settingsApi,
  systemApi,
  auditApi,
  verificationsApi,
  backupsApi,
  metricsApi,
  alertsApi,
  operationsApi,
  eventsApi,
]

/** What the OpenAPI document says of the API as a whole. */
const about = {
  openapi: '3.1.0',
  info: {
    title: 'Caminho Seguro',
    version: '1',
    description:
      'Sales and stock, event-sourced. Amounts are integers of the minor unit, quantities integers of the smallest unit, times ISO 8601 UTC. ' +
      'Each POST may carry an Idempotency-Key: repeated with the same key it is done once. Each command answers its position; a GET with ' +
      'minPosition waits until the read models have reached it.',
  },
}

/** The whole API, its document and the answer to what it does not have. */
export function apiApp(assets: Assets): OpenAPIHono<Environment> {
  const api = apiRoutes()
  api.use('/api/*', conditionalReads())
  for (const part of parts) api.route('/', part())
  api.openAPIRegistry.registerComponent('securitySchemes', 'bearer', {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
  })
  // Every part is there by now: the document and what its page shows are made once.
  const document = api.getOpenAPI31Document(about)
  const docs = readOpenApi(document)
  api.get('/api/openapi.json', (c) => c.json(document))
  api.get('/api/docs', async (c) => {
    const surroundings = await surroundingsOf(c, assets)
    const main = apiDocsContent(surroundings.reader, docs)
    return c.html(barePage(surroundings, { title: surroundings.reader.t('api.title'), main, wide: true }))
  })
  const paths = new Map<string, string[]>()
  for (const definition of api.openAPIRegistry.definitions)
    if (definition.type === 'route') {
      const path = definition.route.path.replaceAll(/\{(.+?)\}/g, ':$1')
      paths.set(path, [...(paths.get(path) ?? []), definition.route.method.toUpperCase()])
    }
  for (const [path, methods] of paths)
    api.all(path, () => {
      throw new ProblemError('method-not-allowed', {}, { allow: methods.join(', ') })
    })
  api.all('/api/*', () => {
    throw new ProblemError('not-found')
  })
  return api
}
