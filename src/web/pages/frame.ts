// What every page is framed with: the reader's language and formats, the person, their location, the places that they may enter.
import { getCookie, setCookie } from 'hono/cookie'
import { inboxes } from '../../../projections/inboxes.ts'
import { locations } from '../../../projections/locations.ts'
import { people } from '../../../projections/people.ts'
import { settings, settingsId } from '../../../projections/settings.ts'
import type { Toast } from '../../../views/components/toast.ts'
import type { Surroundings, Theme } from '../../../views/document.ts'
import { themes } from '../../../views/document.ts'
import type { Frame } from '../../../views/layout.ts'
import { type PlaceId, placesFor } from '../../../views/places.ts'
import { readerFor } from '../../../views/reader.ts'
import { type Permission, permissionsOf } from '../../auth/permissions.ts'
import type { Assets } from '../assets.ts'
import { type AppContext, callerOf } from '../environment.ts'
import { takeToasts } from './toasts.ts'

/** What a person must be allowed to do to enter a place; a place without an entry is open to all. */
const keyOf: Readonly<Partial<Record<PlaceId, Permission>>> = {
  till: 'sales.register',
  sales: 'sales.read',
  cash: 'cash.use',
  products: 'products.read',
  stock: 'stock.read',
  orders: 'purchasing.read',
  suppliers: 'purchasing.read',
  customers: 'customers.read',
  reports: 'reports.read',
  tasks: 'tasks.read',
  people: 'people.read',
  settings: 'settings.write',
  mail: 'mail.read',
  system: 'system.read',
  audit: 'audit.read',
}

/** The theme that this browser shows. */
export const themeOf = (c: AppContext): Theme => themes.find((theme) => theme === getCookie(c, 'theme')) ?? 'system'

/** The company's settings; undefined before it is set up. */
export const companyOf = async (c: AppContext) => (await c.get('system').models.get(settings, settingsId))?.document

/** What even a page without a frame needs. */
export async function surroundingsOf(c: AppContext, assets: Assets): Promise<Surroundings> {
  const company = await companyOf(c)
  const reader = readerFor({
    locale: c.get('locale'),
    ...(company && { currency: company.currency, timeZone: company.timeZone }),
  })
  return { reader, theme: themeOf(c), assets: assets.url }
}

/** The open locations by name. */
export async function openLocations(c: AppContext) {
  const page = await c
    .get('system')
    .models.find(locations, { where: { open: true }, sort: { by: 'nameKey' }, limit: 200 })
  return page.items.map(({ document }) => document)
}

const locationCookie = 'caminho-location'

/** Where the person works now: what they chose in this browser, else their usual place, else the first shop. */
export async function workplaceOf(c: AppContext) {
  const open = await openLocations(c)
  const person = (await c.get('system').models.get(people, callerOf(c).sub))?.document
  const wanted = [getCookie(c, locationCookie), person?.locationId]
  for (const id of wanted) {
    const found = open.find(({ locationId }) => locationId === id)
    if (found) return found
  }
  return open.find(({ kind }) => kind === 'shop') ?? open[0]
}

export function rememberWorkplace(c: AppContext, locationId: string): void {
  setCookie(c, locationCookie, locationId, { httpOnly: true, sameSite: 'Strict', path: '/', maxAge: 365 * 24 * 3600 })
}

/** The frame of the caller's pages. */
export async function frameOf(c: AppContext, assets: Assets): Promise<Frame> {
  const caller = callerOf(c)
  const permissions = permissionsOf(caller.role)
  // Asked before the figures are: what comes while they are gathered is pushed, and asked for again.
  const pushed = { reader: caller.sub, position: String(c.get('system').progress.position) }
  const [surroundings, person, workplace, inbox] = await Promise.all([
    surroundingsOf(c, assets),
    c.get('system').models.get(people, caller.sub),
    workplaceOf(c),
    c.get('system').models.get(inboxes, caller.sub),
  ])
  const { t } = surroundings.reader
  const toasts: readonly Toast[] = takeToasts(c, surroundings.reader)
  return {
    ...surroundings,
    pushed,
    person: { name: person?.document.name ?? t('people.somebody'), role: t(`people.role.${caller.role}`) },
    places: placesFor((id) => {
      const key = keyOf[id]
      return key === undefined || permissions.has(key)
    }),
    ...(workplace && { location: { name: workplace.name, href: '/workplace' } }),
    unread: inbox?.document.unread ?? 0,
    toasts,
  }
}
