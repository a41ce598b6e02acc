// Fiscal documents, and the proof that a series of them is whole.
import { z } from '@hono/zod-openapi'
import { documentBuyers, nuitOn } from '../../../projections/document-buyers.ts'
import { type FiscalDocument, fiscalDocuments } from '../../../projections/fiscal-documents.ts'
import { documentTypes } from '../../domain/fiscal/events.ts'
import { verifySeries } from '../../reporting/chains.ts'
import type { AppContext } from '../environment.ts'
import { filters, onDays } from '../filters.ts'
import { ProblemError } from '../problems.ts'
import { byId, dayFilter, paged, pageFrom } from './lists.ts'
import { apiRoutes, pageOf, paging, route } from './route.ts'

const tag = 'Fiscal'
const permission = 'sales.read'

const documentView = z
  .object({
    document: z.string(),
    series: z.string(),
    type: z.enum(documentTypes),
    number: z.int(),
    saleId: z.string(),
    sourceId: z.string(),
    locationId: z.string(),
    companyNuit: z.string().nullable(),
    customerNuit: z.string().nullable(),
    total: z.int(),
    tax: z.int(),
    refersTo: z.string().nullable(),
    at: z.string(),
    day: z.string(),
    previousHash: z.string(),
    hash: z.string(),
    status: z.enum(['issued', 'cancelled']),
    cancelled: z.object({ at: z.string(), reason: z.string() }).nullable(),
  })
  .openapi('FiscalDocument')

async function present(c: AppContext, documents: readonly FiscalDocument[]) {
  const buyers = await byId(
    c,
    documentBuyers,
    documents.map(({ subjectId }) => subjectId),
  )
  return documents.map((document) => {
    const { subjectId, position: _, ...rest } = document
    return { ...rest, customerNuit: nuitOn(document, buyers.get(subjectId)) }
  })
}

export function fiscalApi() {
  const api = apiRoutes()

  api.openapi(
    route(
      'get',
      '/api/fiscal/documents',
      {
        query: z.object({
          ...paging,
          series: z.string().max(100).optional(),
          type: z.enum(documentTypes).optional(),
          sale: z.string().max(100).optional(),
          from: dayFilter.optional(),
          to: dayFilter.optional(),
        }),
      },
      {
        summary: 'List fiscal documents: by number within a series, else the latest first',
        tag,
        permission,
        answer: pageOf(documentView),
      },
    ),
    async (c) => {
      const { series, type, sale, from, to, ...page } = c.req.valid('query')
      const sort = series === undefined ? ({ by: 'at', direction: 'descending' } as const) : ({ by: 'number' } as const)
      const where = filters({ series, type, saleId: sale, ...onDays(from, to) })
      const query = { where, sort, ...paged(page) }
      return c.json(await pageFrom(c, fiscalDocuments, query, (documents) => present(c, documents)))
    },
  )

  api.openapi(
    route(
      'get',
      '/api/fiscal/verify',
      { query: z.object({ series: z.string().min(1).max(100) }) },
      {
        summary: 'Check in the log that a series has no gaps and that each document follows from the one before',
        tag,
        permission: 'reports.read',
        answer: z.object({
          series: z.string(),
          whole: z.boolean(),
          documents: z.int().nullable(),
          lastHash: z.string().nullable(),
          document: z.string().nullable().describe('The first that does not follow'),
          problem: z.string().nullable(),
        }),
      },
    ),
    async (c) => {
      const { series } = c.req.valid('query')
      const [found] = await verifySeries(c.get('system').store, [series])
      if (!found || (found.verdict.whole && found.verdict.documents === 0))
        throw new ProblemError('unknown-series', { series })
      const none = { documents: null, lastHash: null, document: null, problem: null }
      return c.json({ series, ...none, ...found.verdict })
    },
  )

  return api
}
