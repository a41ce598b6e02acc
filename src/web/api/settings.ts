// The company's settings.
import { z } from '@hono/zod-openapi'
import { settings, settingsId } from '../../../projections/settings.ts'
import { changeCompany, changeTaxRates } from '../../commands/settings.ts'
import { commandContext } from '../environment.ts'
import { changeOf, email, line, nuit, phone, remark, taxRate } from './fields.ts'
import { found, listOf } from './lists.ts'
import { apiRoutes, commandAnswer, done, route } from './route.ts'

const tag = 'Settings'
const made = commandAnswer({ id: z.string() })

const view = z
  .object({
    name: z.string(),
    nuit: z.string().nullable(),
    address: z.string(),
    phone: z.string().nullable(),
    email: z.string().nullable(),
    currency: z.string().describe('ISO 4217'),
    timeZone: z.string().describe('IANA'),
    taxRates: listOf(z.object({ name: z.string(), rate: z.int() })).describe('The first is the default'),
    setUpAt: z.string(),
  })
  .openapi('Settings')

export function settingsApi() {
  const api = apiRoutes()

  api.openapi(
    route('get', '/api/settings', {}, { summary: 'Show the company’s settings', tag, answer: view }),
    async (c) => c.json(await found(c, settings, settingsId, 'not-set-up')),
  )

  api.openapi(
    route(
      'patch',
      '/api/settings',
      {
        body: changeOf({
          name: line,
          nuit: nuit.nullable(),
          address: remark,
          phone: phone.nullable(),
          email: email.nullable(),
        }),
      },
      { summary: 'Change the company’s details', tag, permission: 'settings.write', answer: made },
    ),
    async (c) => {
      const change = c.req.valid('json')
      return c.json(done(c, await changeCompany(c.get('system'), change, commandContext(c, change))))
    },
  )

  api.openapi(
    route(
      'put',
      '/api/settings/tax-rates',
      {
        body: z.strictObject({
          taxRates: z
            .array(z.strictObject({ name: line, rate: taxRate }))
            .min(1)
            .max(20),
        }),
      },
      { summary: 'Set the tax rates; the first is the default', tag, permission: 'settings.write', answer: made },
    ),
    async (c) => {
      const { taxRates } = c.req.valid('json')
      return c.json(done(c, await changeTaxRates(c.get('system'), taxRates, commandContext(c, { taxRates }))))
    },
  )

  return api
}
