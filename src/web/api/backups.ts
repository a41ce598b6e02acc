// Backups: made, listed, verified, downloaded, removed, restored.
import { Readable } from 'node:stream'
import { z } from '@hono/zod-openapi'
import { type Backup, backups } from '../../../projections/backups.ts'
import { type Restore, restores } from '../../../projections/restores.ts'
import { ArchiveError, fileOf } from '../../backup/index.ts'
import { backupKind } from '../../domain/backups/events.ts'
import { type AppContext, commandContext } from '../environment.ts'
import { ProblemError } from '../problems.ts'
import { paged, pageFrom } from './lists.ts'
import { apiRoutes, commandAnswer, done, idParam, pageOf, paging, route } from './route.ts'

const tag = 'Backups'
const permission = 'backups.manage'
const made = commandAnswer({ id: z.string() })

const backup = z
  .object({
    id: z.string(),
    status: z.enum(['running', 'verified', 'failed']),
    kind: backupKind,
    baseId: z.string().nullable().describe('The full backup that an incremental one builds upon'),
    createdAt: z.string(),
    finishedAt: z.string().nullable(),
    bytes: z.int().nullable(),
    events: z.int().nullable(),
    fromPosition: z.string().nullable().describe('The events stand after this position'),
    toPosition: z.string().nullable(),
    verifiedAt: z.string().nullable(),
    present: z.boolean().describe('Whether the archive is there'),
    failure: z.object({ code: z.string(), detail: z.string() }).nullable(),
  })
  .openapi('Backup')

const shown = ({ backupId, ...known }: Backup): z.infer<typeof backup> => ({
  id: backupId,
  status: known.status,
  kind: known.kind,
  baseId: known.baseId,
  createdAt: known.createdAt,
  finishedAt: known.finishedAt,
  bytes: known.bytes,
  events: known.events,
  fromPosition: known.fromPosition,
  toPosition: known.toPosition,
  verifiedAt: known.verifiedAt,
  present: known.present,
  failure: known.failure,
})

const restore = z
  .object({
    id: z.string(),
    backupId: z.string(),
    status: z.enum(['running', 'failed', 'prepared', 'restored']),
    startedAt: z.string(),
    finishedAt: z.string().nullable(),
    events: z.int().nullable(),
    toPosition: z.string().nullable(),
    settings: z
      .array(z.object({ name: z.string(), value: z.string() }))
      .describe('Of one that is prepared on servers: with these the nodes use it'),
    failure: z.object({ code: z.string(), detail: z.string() }).nullable(),
  })
  .openapi('Restore')

const shownRestore = ({ restoreId, by: _, replaced: __, settings, ...known }: Restore): z.infer<typeof restore> => ({
  id: restoreId,
  ...known,
  settings: [...settings],
})

/** A position, or an instant with its zone. */
const until = z
  .string()
  .regex(/^\d+$/)
  .or(z.iso.datetime({ offset: true }))

/** What an archive that cannot serve is as a problem. */
export async function archived<Answer>(use: Promise<Answer>): Promise<Answer> {
  try {
    return await use
  } catch (error) {
    if (error instanceof ArchiveError) throw new ProblemError(error.code, { detail: error.message })
    throw error
  }
}

/** The archive as a download. */
export async function archiveAnswer(c: AppContext, backupId: string): Promise<Response> {
  const archive = await c.get('system').backup.backups.read(backupId)
  if (!archive) throw new ProblemError('unknown-backup', { backupId })
  return c.body(Readable.toWeb(Readable.from(archive.content, { objectMode: false })) as ReadableStream, 200, {
    'content-type': 'application/octet-stream',
    'content-length': String(archive.bytes),
    'content-disposition': `attachment; filename="${fileOf(backupId).replace('archives/', '')}"`,
  })
}

export function backupsApi() {
  const api = apiRoutes()

  api.openapi(
    route(
      'post',
      '/api/system/backup',
      { body: z.strictObject({ kind: backupKind.default('full') }) },
      {
        summary: 'Begin a backup, which goes on by itself',
        tag,
        permission,
        status: 202,
        answer: made,
      },
    ),
    async (c) => {
      const asked = { ...c.req.valid('json'), scheduled: false }
      const { outcome } = await c.get('system').backup.backups.begin(asked, commandContext(c, asked))
      return c.json(done(c, outcome), 202)
    },
  )

  api.openapi(
    route(
      'get',
      '/api/system/backups',
      { query: z.object({ ...paging, removed: z.stringbool().default(false) }) },
      { summary: 'List the backups, the latest first', tag, permission, answer: pageOf(backup) },
    ),
    async (c) => {
      const { removed, ...page } = c.req.valid('query')
      const sort = { by: 'createdAt', direction: 'descending' } as const
      const where = removed ? {} : { gone: false }
      return c.json(await pageFrom(c, backups, { where, sort, ...paged(page) }, (all) => all.map(shown)))
    },
  )

  api.openapi(
    route(
      'post',
      '/api/system/backups/{id}/verify',
      { params: idParam },
      {
        summary:
          'Begin to read a backup whole and compare it with what was written; the list tells how it came out: `verifiedAt`, or `failed`',
        tag,
        permission,
        status: 202,
        answer: made,
      },
    ),
    async (c) => {
      const { id } = c.req.valid('param')
      const { outcome } = await c.get('system').backup.backups.verify(id, commandContext(c))
      return c.json(done(c, outcome), 202)
    },
  )

  api.openapi(
    route(
      'get',
      '/api/system/backups/{id}/download',
      { params: idParam },
      { summary: 'Download the archive of a backup', tag, permission, media: 'application/octet-stream' },
    ),
    (c) => archiveAnswer(c, c.req.valid('param').id),
  )

  api.openapi(
    route(
      'delete',
      '/api/system/backups/{id}',
      { params: idParam },
      { summary: 'Remove a backup', tag, permission, answer: made },
    ),
    async (c) => {
      const { id } = c.req.valid('param')
      return c.json(done(c, await c.get('system').backup.backups.remove(id, commandContext(c))))
    },
  )

  api.openapi(
    route(
      'post',
      '/api/system/backup/restore',
      {
        body: z.strictObject({
          id: idParam.shape.id,
          confirm: z.string().max(100).default(''),
          to: until.optional().describe('The last position or instant to restore; without it, all'),
        }),
      },
      {
        summary:
          'Restore a backup; without the confirmation it answers what would happen. The system takes over the restored store by itself; on servers it waits for the nodes beside the present one, as its settings tell',
        tag,
        permission,
        status: 202,
        answer: made,
      },
    ),
    async (c) => {
      const { id: backupId, confirm, to } = c.req.valid('json')
      const asked = { backupId, confirm, until: to ?? null }
      const begun = await archived(c.get('system').backup.restores.begin(asked, commandContext(c, asked)))
      return c.json(done(c, begun.outcome), 202)
    },
  )

  api.openapi(
    route(
      'get',
      '/api/system/restores',
      { query: z.object(paging) },
      { summary: 'List the restores, the latest first', tag, permission, answer: pageOf(restore) },
    ),
    async (c) => {
      const sort = { by: 'startedAt', direction: 'descending' } as const
      const asked = { sort, ...paged(c.req.valid('query')) }
      return c.json(await pageFrom(c, restores, asked, (all) => all.map(shownRestore)))
    },
  )

  return api
}
