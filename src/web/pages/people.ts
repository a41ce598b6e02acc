// The list of people, and one person's page with what can be done about their account and their sessions.
import { Hono } from 'hono'
import { locations } from '../../../projections/locations.ts'
import { type Person, people } from '../../../projections/people.ts'
import { layout } from '../../../views/layout.ts'
import type { PlainKey } from '../../../views/locales/index.ts'
import { peopleContent, peopleShows, personName } from '../../../views/pages/people.ts'
import { personContent } from '../../../views/pages/person.ts'
import { deactivateAccount, revokeSession } from '../../auth/accounts.ts'
import { reactivatePerson } from '../../commands/people.ts'
import { roles } from '../../domain/values.ts'
import type { Assets } from '../assets.ts'
import { authorise } from '../authenticate.ts'
import { tellDone, tellPosition } from '../consistency.ts'
import { type AppContext, callerMay, callerOf, commandContext, type Environment } from '../environment.ts'
import { openSessionsOf } from '../open-sessions.ts'
import { ProblemError, rejected } from '../problems.ts'
import { guardRank } from '../rank.ts'
import { frameOf } from './frame.ts'
import { addressOf, type Parameters, pageAsked, pageQuery, pagerOf } from './listing.ts'
import { leadTo } from './redirect.ts'
import { endSession, sessionLines } from './sessions.ts'
import { tell } from './toasts.ts'

/** The person of the address; 404 for one that is not there. */
export async function personOf(c: AppContext): Promise<Person> {
  const found = await c.get('system').models.get(people, c.req.param('id') ?? '')
  if (!found) throw new ProblemError('unknown-person')
  return found.document
}

/** Whether the caller may touch the account: a super-admin's only if they may make one. */
export const mayTouch = (c: AppContext, { role }: Pick<Person, 'role'>): boolean =>
  callerMay(c, 'people.write') && (role !== 'super-admin' || callerMay(c, 'people.super'))

const placeNames = async (c: AppContext) => {
  const found = await c.get('system').models.find(locations, { limit: 1_000 })
  const names = new Map(found.items.map(({ id, document }) => [id, document.name]))
  return (id: string | null) => (id === null ? undefined : names.get(id))
}

export function peoplePages(assets: Assets): Hono<Environment> {
  const pages = new Hono<Environment>()

  pages.get('/people', authorise('people.read'), async (c) => {
    const { models } = c.get('system')
    const frame = await frameOf(c, assets)
    const { t } = frame.reader
    const search = (c.req.query('search') ?? '').slice(0, 200)
    const role = roles.find((known) => known === c.req.query('role'))
    const show = peopleShows.find((known) => known === c.req.query('show')) ?? 'active'
    const parameters = { search, role, show: show === 'active' ? undefined : show }
    const address = (change: Parameters) => addressOf('/people', { ...parameters, ...change })
    const where = { ...(role && { role }), ...(show !== 'all' && { active: show === 'active' }) }
    const query = { where, ...(search !== '' && { text: search }), sort: { by: 'nameKey' } as const }
    const asked = pageAsked(c)
    const [page, count, placeName] = await Promise.all([
      models.find(people, { ...query, ...pageQuery(asked) }),
      models.count(people, query),
      placeNames(c),
    ])
    const chips = [
      search !== '' && { label: `“${search}”`, without: address({ search: undefined }) },
      role !== undefined && { label: t(`people.role.${role}`), without: address({ role: undefined }) },
      show !== 'active' && { label: t(`people.show.${show}`), without: address({ show: undefined }) },
    ]
    const main = peopleContent(frame.reader, {
      people: page.items.map(({ document }) => document),
      count,
      filter: { search, role, show },
      chips: chips.filter((chip) => chip !== false),
      pager: pagerOf(address, asked, page.next),
      placeName,
      roles,
      self: callerOf(c).sub,
      mayWrite: callerMay(c, 'people.write'),
    })
    return c.html(layout(frame, { title: t('people.title'), main, current: 'people' }))
  })

  pages.get('/people/:id{[\\w-]{8,}}', authorise('people.read'), async (c) => {
    const frame = await frameOf(c, assets)
    const person = await personOf(c)
    const placeName = await placeNames(c)
    const touch = mayTouch(c, person)
    const isSelf = person.personId === callerOf(c).sub
    const main = personContent(frame.reader, {
      person,
      location: placeName(person.locationId),
      sessions: callerMay(c, 'sessions.read') ? await sessionLines(c, person.personId) : undefined,
      may: {
        write: touch,
        deactivate: touch && !isSelf,
        erase: callerMay(c, 'people.erase') && !isSelf,
        revoke: touch && callerMay(c, 'sessions.revoke'),
      },
      outranks: callerMay(c, 'people.write') && !touch,
    })
    return c.html(layout(frame, { title: personName(frame.reader, person), main, current: 'people' }))
  })

  const done = (c: AppContext, said: PlainKey): Response => {
    tell(c, said)
    return leadTo(c, `/people/${c.req.param('id')}`)
  }

  pages.post('/people/:id/deactivate', authorise('people.write'), async (c) => {
    const personId = c.req.param('id')
    await guardRank(c, personId)
    if (personId === callerOf(c).sub) throw new ProblemError('own-account')
    const deactivated = { personId, sessions: await openSessionsOf(c, personId) }
    const outcome = await deactivateAccount(c.get('system'), deactivated, commandContext(c))
    if (outcome.rejected) throw rejected(outcome)
    tellPosition(c, await c.get('system').store.head())
    return done(c, 'people.was-deactivated')
  })

  pages.post('/people/:id/reactivate', authorise('people.write'), async (c) => {
    const personId = c.req.param('id')
    await guardRank(c, personId)
    const outcome = await reactivatePerson(c.get('system'), personId, commandContext(c))
    tellDone(c, outcome)
    return done(c, 'people.was-reactivated')
  })

  pages.post('/people/:id/sessions/end', authorise('sessions.revoke'), async (c) => {
    const personId = c.req.param('id')
    await guardRank(c, personId)
    const others = (await openSessionsOf(c, personId)).filter((sessionId) => sessionId !== callerOf(c).sid)
    for (const sessionId of others)
      await revokeSession(c.get('system'), { sessionId, reason: 'by-administrator' }, commandContext(c))
    tellPosition(c, await c.get('system').store.head())
    return done(c, 'people.sessions-were-ended')
  })

  pages.post('/people/:id/sessions/:session/end', authorise('sessions.revoke'), async (c) => {
    await guardRank(c, c.req.param('id'))
    await endSession(c, { personId: c.req.param('id'), sessionId: c.req.param('session'), reason: 'by-administrator' })
    return done(c, 'people.session-was-ended')
  })

  return pages
}
