// Who looks at personal data is recorded before it is shown: at most once an hour for each person and what they look at.
import type { MiddlewareHandler, Next } from 'hono'
import { recordView } from '../commands/access.ts'
import type { AccessEvents } from '../domain/access/events.ts'
import type { AppContext, Environment } from './environment.ts'

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
export const recordLooks = (): MiddlewareHandler<Environment> => (c, next) => {
  const viewed = c.req.method === 'GET' ? viewedAt(c.req.path) : undefined
  return viewed ? recorded(viewed, c, next) : next()
}

async function recorded(viewed: Pick<Viewed, 'kind' | 'subjectId'>, c: AppContext, next: Next): Promise<void> {
  await next()
  const caller = c.get('caller')
  if (!c.res.ok || !caller || viewed.subjectId === caller.sub) return
  const context = { actor: `person:${caller.sub}`, correlationId: c.get('requestId') }
  await recordView(c.get('system'), viewed, context)
}
