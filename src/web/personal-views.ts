// Who looks at personal data is recorded before it is shown: at most once an hour for each person and what they look at.
import type { MiddlewareHandler } from 'hono'
import { recordView } from '../commands/access.ts'
import type { AccessEvents } from '../domain/access/events.ts'
import type { Environment } from './environment.ts'

type Viewed = AccessEvents['PersonalDataViewed']

/** The addresses that show personal data of others, of pages and API alike, and what they show. */
const views: readonly (readonly [RegExp, Viewed['kind']])[] = [
  [/^(?:\/api)?\/people$/, 'people'],
  [/^(?:\/api)?\/people\/([\w-]{8,100})$/, 'person'],
  [/^(?:\/api)?\/customers$/, 'customers'],
  [/^(?:\/api)?\/customers\/([\w-]{8,100})$/, 'customer'],
]

function viewedAt(path: string): Pick<Viewed, 'kind' | 'subjectId'> | undefined {
  for (const [pattern, kind] of views) {
    const match = pattern.exec(path)
    if (match) return { kind, subjectId: match[1] ?? null }
  }
  return undefined
}

/** Records each look that was answered, before the answer goes out. Looking at oneself is nobody's business. */
export const recordLooks = (): MiddlewareHandler<Environment> => async (c, next) => {
  await next()
  const viewed = c.req.method === 'GET' && c.res.ok ? viewedAt(c.req.path) : undefined
  const caller = c.get('caller')
  if (!viewed || !caller || viewed.subjectId === caller.sub) return
  const context = { actor: `person:${caller.sub}`, correlationId: c.get('requestId') }
  await recordView(c.get('system'), viewed, context)
}
