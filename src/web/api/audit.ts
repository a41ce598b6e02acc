// The audit by API: seals and their keys, proofs that an event is under a seal and that one seal continues another.

import { ReadableStream } from 'node:stream/web'
import { z } from '@hono/zod-openapi'
import { consistencyProof, eventById, exportLog, keysIn, openAudit, proofOf, sealsIn } from '../../audit/index.ts'
import type { AppContext } from '../environment.ts'
import { ProblemError } from '../problems.ts'
import { listOf } from './lists.ts'
import { apiRoutes, pageOf, paging, route } from './route.ts'

const tag = 'Audit'
const permission = 'audit.read'

const base64 = z.string().describe('base64')
const head = z.object({ size: z.int().describe('Events from the beginning of the log'), root: base64 })
const seal = z
  .object({
    ...head.shape,
    previous: head.nullable(),
    keyId: z.string(),
    signature: base64,
    at: z.string(),
    eventId: z.string(),
    position: z.string(),
  })
  .openapi('Seal')
const sealingKey = z
  .object({
    keyId: z.string(),
    publicKey: base64.describe('SubjectPublicKeyInfo (Ed25519), base64'),
    previousKeyId: z.string().nullable(),
    signature: base64.nullable().describe('By the previous key'),
    at: z.string(),
  })
  .openapi('SealingKey')
const proof = z
  .object({
    caminho: z.literal('proof/1'),
    event: z.looseObject({ id: z.string(), type: z.string(), stream: z.string() }),
    index: z.int(),
    path: listOf(base64),
    seal: z.unknown(),
    keys: listOf(z.unknown()),
  })
  .openapi('InclusionProof', { description: 'Check it offline: npx caminho check-proof' })
const position = z
  .string()
  .regex(/^\d{1,18}$/)
  .describe('A position of the log, included')
const size = z.coerce.number().int().min(1)

const auditOf = (c: AppContext) => openAudit(c.get('system'))

export function auditApi() {
  const api = apiRoutes()

  api.openapi(
    route(
      'get',
      '/api/audit/seals',
      { query: z.object({ ...paging, after: z.string().regex(/^\d+$/).optional() }) },
      { summary: 'List the seals of the log, the latest first', tag, permission, answer: pageOf(seal) },
    ),
    async (c) => {
      const { limit, after } = c.req.valid('query')
      const before = after === undefined ? {} : { before: BigInt(after) }
      const found = await sealsIn(c.get('system').rawLog, { limit, ...before })
      const items = found.map(({ seal: { fingerprints: _, ...rest }, eventId, position }) => ({
        ...rest,
        eventId,
        position: String(position),
      }))
      const last = found.length < limit ? undefined : found.at(-1)
      return c.json({ items, next: last ? String(last.revision) : null })
    },
  )

  api.openapi(
    route(
      'post',
      '/api/audit/seals',
      {},
      { summary: 'Seal the log now; the last seal, where nothing is new', tag, permission: 'audit.seal', answer: head },
    ),
    async (c) => {
      const sealed = await auditOf(c).sealNow()
      if (!sealed) throw new ProblemError('unknown-seal')
      return c.json(sealed)
    },
  )

  api.openapi(
    route(
      'get',
      '/api/audit/keys',
      {},
      {
        summary: 'List the public keys that seals are verified with, in the order of their use',
        tag,
        permission,
        answer: z.object({ items: listOf(sealingKey) }),
      },
    ),
    async (c) => {
      const keys = await keysIn(c.get('system').rawLog)
      return c.json({ items: keys.map(({ key: { previous: _, ...key } }) => key) })
    },
  )

  api.openapi(
    route(
      'post',
      '/api/audit/keys',
      {},
      {
        summary: 'Introduce a new sealing key, signed by the one in use',
        tag,
        permission: 'system.write',
        answer: z.object({ keyId: z.string() }),
      },
    ),
    async (c) => c.json(await auditOf(c).rotateKey()),
  )

  api.openapi(
    route(
      'get',
      '/api/audit/proofs/inclusion',
      {
        query: z.object({
          event: z.string().min(1).max(100).describe('The id of the event'),
          size: size.optional().describe('The size of the seal; the last one unless named'),
        }),
      },
      { summary: 'Prove that an event is under a seal', tag, permission, answer: proof },
    ),
    async (c) => {
      const { event: id, size } = c.req.valid('query')
      const audit = auditOf(c)
      const event = await eventById(audit.rawLog, audit.tree, id)
      if (!event) throw new ProblemError('unknown-event', { id })
      const proved = await proofOf(audit, event, size)
      if (!proved) throw new ProblemError('not-sealed-yet', { id })
      return c.json(proved)
    },
  )

  api.openapi(
    route(
      'get',
      '/api/audit/proofs/consistency',
      { query: z.object({ from: size.describe('The size of the earlier seal'), to: size }) },
      {
        summary: 'Prove that the log of one seal is the beginning of the log of another (RFC 9162, 2.1.4)',
        tag,
        permission,
        answer: z.object({ from: z.int(), to: z.int(), path: listOf(base64) }),
      },
    ),
    async (c) => {
      const { from, to } = c.req.valid('query')
      const { rawLog, tree } = auditOf(c)
      const [last] = await sealsIn(rawLog, { limit: 1 })
      if (from > to || to > (last?.seal.size ?? 0)) throw new ProblemError('unknown-seal', { from, to })
      const path = await consistencyProof(tree.subtrees(), from, to)
      return c.json({ from, to, path: path.map((hash) => hash.toString('base64')) })
    },
  )

  api.openapi(
    route(
      'get',
      '/api/audit/export',
      { query: z.object({ from: position.optional(), to: position.optional() }) },
      {
        summary: 'Export the log, or the part between two positions, to be verified offline with npx caminho verify',
        tag,
        permission,
        media: 'application/x-ndjson',
      },
    ),
    async (c) => {
      const { from, to } = c.req.valid('query')
      const range = { ...(from !== undefined && { from: BigInt(from) }), ...(to !== undefined && { to: BigInt(to) }) }
      const lines = await exportLog(auditOf(c), range)
      c.header('content-type', 'application/x-ndjson')
      c.header('content-disposition', 'attachment; filename="log.ndjson"')
      return c.body(ReadableStream.from(encoded(lines)) as globalThis.ReadableStream)
    },
  )

  return api
}

async function* encoded(lines: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  for await (const line of lines) yield Buffer.from(line)
}
