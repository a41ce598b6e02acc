// Locations opened, changed and closed.
import { Hono } from 'hono'
import { z } from 'zod'
import { type Location, locations } from '../../../projections/locations.ts'
import { stockLevels } from '../../../projections/stock-levels.ts'
import type { FormState } from '../../../views/components/field.ts'
import { layout } from '../../../views/layout.ts'
import type { PlainKey } from '../../../views/locales/index.ts'
import { locationFormContent } from '../../../views/pages/settings-forms.ts'
import { changeLocation, closeLocation, openLocation } from '../../commands/locations.ts'
import { locationKinds } from '../../domain/locations/events.ts'
import type { Assets } from '../assets.ts'
import { authorise } from '../authenticate.ts'
import { arrived, tellPosition } from '../consistency.ts'
import { type AppContext, commandContext, type Environment } from '../environment.ts'
import { ProblemError } from '../problems.ts'
import { formContext, freshForm, typedIn, withIssues, withRejection } from './form.ts'
import { frameOf } from './frame.ts'
import { leadTo } from './redirect.ts'
import { tell } from './toasts.ts'
import { typedNote, typedText } from './typed.ts'

const changing = z.object({
  name: typedText(),
  kind: z.enum(locationKinds),
  tills: typedText()
    .transform(Number)
    .refine((tills) => Number.isInteger(tills) && tills >= 1 && tills <= 99, 'errors.out-of-range' satisfies PlainKey),
  address: typedNote(),
})
const opening = changing.extend({
  code: typedText()
    .transform((code) => code.toUpperCase())
    .refine((code) => /^[A-Z0-9]{1,5}[A-Z]$/.test(code), 'settings.code-invalid' satisfies PlainKey),
})

/** The location of the address, still open. */
async function openLocationOf(c: AppContext): Promise<Location> {
  const found = await c.get('system').models.get(locations, c.req.param('id') ?? '')
  if (!found) throw new ProblemError('unknown-location')
  if (!found.document.open) throw new ProblemError('location-closed')
  return found.document
}

export function locationFormPages(assets: Assets): Hono<Environment> {
  const pages = new Hono<Environment>()

  const show = async (c: AppContext, location: Location | undefined, state: FormState, status: 200 | 422 = 200) => {
    const frame = await frameOf(c, assets)
    const title = frame.reader.t(location ? 'settings.edit-location' : 'settings.new-location')
    const main = locationFormContent(frame.reader, { state, location })
    return c.html(layout(frame, { title, main, current: 'settings' }), status)
  }

  pages.get('/settings/locations/new', authorise('locations.write'), (c) =>
    show(c, undefined, freshForm(c, { kind: 'shop', tills: '1' })),
  )

  pages.post('/settings/locations/new', authorise('locations.write'), async (c) => {
    const { reader } = await frameOf(c, assets)
    const typed = await typedIn(c)
    const parsed = opening.safeParse(typed)
    if (!parsed.success) return show(c, undefined, withIssues(reader, typed, parsed.error), 422)
    const outcome = await openLocation(c.get('system'), parsed.data, formContext(c, typed))
    if (outcome.rejected) return show(c, undefined, withRejection(reader, typed, outcome, 'code'), 422)
    tellPosition(c, outcome.position)
    tell(c, 'settings.location-opened')
    return leadTo(c, '/settings')
  })

  pages.get('/settings/locations/:id/edit', authorise('locations.write'), async (c) => {
    const location = await openLocationOf(c)
    const { name, kind, tills, address } = location
    return show(c, location, freshForm(c, { name, kind, tills: String(tills), address }))
  })

  pages.post('/settings/locations/:id/edit', authorise('locations.write'), async (c) => {
    const { reader } = await frameOf(c, assets)
    const location = await openLocationOf(c)
    const typed = await typedIn(c)
    const parsed = changing.safeParse(typed)
    if (!parsed.success) return show(c, location, withIssues(reader, typed, parsed.error), 422)
    const change = { locationId: location.locationId, change: parsed.data }
    const outcome = await changeLocation(c.get('system'), change, formContext(c, typed))
    if (outcome.rejected) return show(c, location, withRejection(reader, typed, outcome), 422)
    tellPosition(c, outcome.position)
    tell(c, 'common.saved')
    return leadTo(c, '/settings')
  })

  pages.post('/settings/locations/:id/close', authorise('locations.write'), async (c) => {
    const { locationId } = await openLocationOf(c)
    // The command looks at the stock of these products itself; those that arrive in this moment are among the levels once these are current.
    await arrived(c, await c.get('system').store.head())
    const products = await productsAt(c, locationId)
    const outcome = await closeLocation(c.get('system'), { locationId, products }, commandContext(c))
    if (outcome.rejected) tell(c, stillStock(outcome.code), 'danger')
    else {
      tellPosition(c, outcome.position)
      tell(c, 'settings.location-closed')
    }
    return leadTo(c, '/settings')
  })

  return pages
}

const stillStock = (code: string): PlainKey =>
  code === 'location-has-stock' ? 'problem.location-has-stock' : 'problem.refused'

/** The products that ever lay at the location. */
async function productsAt(c: AppContext, locationId: string): Promise<string[]> {
  const found: string[] = []
  for (let after: string | undefined; ; ) {
    const page = await c
      .get('system')
      .models.find(stockLevels, { where: { locationId }, limit: 1_000, ...(after && { after }) })
    found.push(...page.items.map(({ document }) => document.productId))
    if (page.next === undefined) return found
    after = page.next
  }
}
