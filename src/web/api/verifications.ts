// Verifying the whole log by API: begun, and asked for until it has come to its verdict.
import { z } from '@hono/zod-openapi'
import { publicKeyFrom } from '../../audit/index.ts'
import { ProblemError } from '../problems.ts'
import { beginVerification, verdict, verificationsOf } from '../verifications.ts'
import { apiRoutes, idParam, route } from './route.ts'

const tag = 'Audit'
const permission = 'audit.read'

const verification = z
  .object({
    id: z.string(),
    status: z.enum(['running', 'done', 'interrupted']),
    events: z.int().describe('Read so far'),
    verdict: verdict.nullable(),
  })
  .openapi('Verification')

const isKey = (text: string): boolean => {
  try {
    return publicKeyFrom(text).asymmetricKeyType === 'ed25519'
  } catch {
    return false
  }
}
const publicKey = z
  .string()
  .max(1_000)
  .refine(isKey, 'must be an Ed25519 public key: base64 or PEM')
  .describe('The public key that you trust; without it the log’s own, which whoever can rewrite the log could replace')

export function verificationsApi() {
  const api = apiRoutes()

  api.openapi(
    route(
      'post',
      '/api/audit/verifications',
      { body: z.strictObject({ key: publicKey.optional() }) },
      {
        summary: 'Begin to verify the whole log against its seals, and its file, which goes on by itself',
        tag,
        permission,
        status: 202,
        answer: z.object({ id: z.string() }),
      },
    ),
    async (c) => c.json({ id: await beginVerification(c.get('system'), c.req.valid('json').key) }, 202),
  )

  api.openapi(
    route(
      'get',
      '/api/audit/verifications/{id}',
      { params: idParam },
      { summary: 'How far a verification is, and its verdict', tag, permission, answer: verification },
    ),
    async (c) => {
      const { id } = c.req.valid('param')
      const state = await verificationsOf(c.get('system')).stateOf(id)
      if (!state) throw new ProblemError('not-found')
      const { done: events, result } = state
      if (result === undefined) return c.json({ id, status: 'running' as const, events, verdict: null })
      if (result === 'interrupted') return c.json({ id, status: result, events, verdict: null })
      return c.json({ id, status: 'done' as const, events: result.events, verdict: result })
    },
  )

  return api
}
