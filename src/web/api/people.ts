// People: accounts added, changed, promoted, deactivated, erased.
import { z } from '@hono/zod-openapi'
import { type Person, people } from '../../../projections/people.ts'
import { addAccount, changeAccountRole, deactivateAccount, eraseAccount, setPassword } from '../../auth/accounts.ts'
import { newPassword } from '../../auth/passwords.ts'
import { changePersonDetails, changeWorkplace, reactivatePerson } from '../../commands/people.ts'
import { commandContext } from '../environment.ts'
import { filters } from '../filters.ts'
import { openSessionsOf } from '../open-sessions.ts'
import { guardRank } from '../rank.ts'
import { email, id, line, phone, role } from './fields.ts'
import { flag, found, listOf, paged, pageFrom } from './lists.ts'
import { apiRoutes, commandAnswer, done, idParam, pageOf, paging, route } from './route.ts'

const tag = 'People'

const person = z
  .object({
    id: z.string(),
    name: z.string().nullable(),
    email: z.string().nullable(),
    phone: z.string().nullable(),
    role,
    departments: listOf(z.string()),
    locationId: z.string().nullable(),
    locale: z.enum(['pt-MZ', 'en']),
    theme: z.enum(['light', 'dark', 'system']),
    active: z.boolean(),
    erased: z.boolean(),
    addedAt: z.string(),
    passwordChangedAt: z.string().nullable(),
    preferencesChangedAt: z.string().nullable(),
  })
  .openapi('Person')

const present = ({ personId, nameKey: _, ...rest }: Person) => ({ id: personId, ...rest })
const changedPerson = commandAnswer({ id: z.string() })

const workplace = { departments: z.array(line).max(50), locationId: id.nullable() }

export function peopleApi() {
  const api = apiRoutes()

  api.openapi(
    route(
      'get',
      '/api/people',
      {
        query: z.object({
          ...paging,
          search: z.string().max(200).optional(),
          role: role.optional(),
          active: flag.optional(),
        }),
      },
      { summary: 'List people by name', tag, permission: 'people.read', answer: pageOf(person) },
    ),
    async (c) => {
      const { search, role, active, ...page } = c.req.valid('query')
      const query = {
        where: filters({ role, active }),
        ...(search && { text: search }),
        sort: { by: 'nameKey' } as const,
        ...paged(page),
      }
      return c.json(await pageFrom(c, people, query, (documents) => documents.map(present)))
    },
  )

  api.openapi(
    route(
      'post',
      '/api/people',
      {
        body: z.strictObject({
          name: line,
          email,
          phone: phone.nullable().default(null),
          role,
          departments: workplace.departments.default([]),
          locationId: workplace.locationId.default(null),
          password: newPassword
            .nullable()
            .default(null)
            .describe(
              'The first password, to be told to them; without it they choose one by the link of their welcome mail',
            ),
        }),
      },
      { summary: 'Add a person', tag, permission: 'people.write', status: 201, answer: changedPerson },
    ),
    async (c) => {
      const added = c.req.valid('json')
      await guardRank(c, undefined, added.role)
      // The password is no part of what is remembered of the request.
      const { password: _, ...told } = added
      return c.json(done(c, await addAccount(c.get('system'), added, commandContext(c, told))), 201)
    },
  )

  api.openapi(
    route(
      'get',
      '/api/people/{id}',
      { params: idParam },
      { summary: 'Show a person', tag, permission: 'people.read', answer: person },
    ),
    async (c) => c.json(present(await found(c, people, c.req.valid('param').id, 'unknown-person'))),
  )

  api.openapi(
    route(
      'patch',
      '/api/people/{id}',
      { params: idParam, body: z.strictObject({ name: line, email, phone: phone.nullable() }) },
      { summary: 'Change how a person is called and reached', tag, permission: 'people.write', answer: changedPerson },
    ),
    async (c) => {
      const personId = c.req.valid('param').id
      const details = c.req.valid('json')
      await guardRank(c, personId)
      return c.json(
        done(c, await changePersonDetails(c.get('system'), { personId, ...details }, commandContext(c, details))),
      )
    },
  )

  api.openapi(
    route(
      'post',
      '/api/people/{id}/workplace',
      { params: idParam, body: z.strictObject(workplace) },
      {
        summary: 'Move a person to departments and a location',
        tag,
        permission: 'people.write',
        answer: changedPerson,
      },
    ),
    async (c) => {
      const personId = c.req.valid('param').id
      const moved = c.req.valid('json')
      await guardRank(c, personId)
      return c.json(done(c, await changeWorkplace(c.get('system'), { personId, ...moved }, commandContext(c, moved))))
    },
  )

  api.openapi(
    route(
      'post',
      '/api/people/{id}/role',
      { params: idParam, body: z.strictObject({ role }) },
      { summary: "Change a person's role", tag, permission: 'people.write', answer: changedPerson },
    ),
    async (c) => {
      const personId = c.req.valid('param').id
      const given = c.req.valid('json')
      await guardRank(c, personId, given.role)
      return c.json(done(c, await changeAccountRole(c.get('system'), { personId, ...given }, commandContext(c, given))))
    },
  )

  api.openapi(
    route(
      'post',
      '/api/people/{id}/password',
      { params: idParam, body: z.strictObject({ password: newPassword }) },
      {
        summary: "Set a person's password and end their sessions",
        tag,
        permission: 'people.write',
        answer: changedPerson,
      },
    ),
    async (c) => {
      const personId = c.req.valid('param').id
      await guardRank(c, personId)
      const change = { personId, ...c.req.valid('json'), by: 'administrator' as const }
      const ended = await openSessionsOf(c, personId)
      return c.json(done(c, await setPassword(c.get('system'), { ...change, sessions: ended }, commandContext(c))))
    },
  )

  api.openapi(
    route(
      'post',
      '/api/people/{id}/deactivate',
      { params: idParam },
      { summary: 'Keep a person from signing in', tag, permission: 'people.write', answer: changedPerson },
    ),
    async (c) => {
      const personId = c.req.valid('param').id
      await guardRank(c, personId)
      const deactivated = { personId, sessions: await openSessionsOf(c, personId) }
      return c.json(done(c, await deactivateAccount(c.get('system'), deactivated, commandContext(c))))
    },
  )

  api.openapi(
    route(
      'post',
      '/api/people/{id}/reactivate',
      { params: idParam },
      { summary: 'Let a person sign in again', tag, permission: 'people.write', answer: changedPerson },
    ),
    async (c) => {
      const personId = c.req.valid('param').id
      await guardRank(c, personId)
      return c.json(done(c, await reactivatePerson(c.get('system'), personId, commandContext(c))))
    },
  )

  api.openapi(
    route(
      'post',
      '/api/people/{id}/erase',
      { params: idParam },
      { summary: "Erase a person's data for good", tag, permission: 'people.erase', answer: changedPerson },
    ),
    async (c) => c.json(done(c, await eraseAccount(c.get('system'), c.req.valid('param').id, commandContext(c)))),
  )

  return api
}
