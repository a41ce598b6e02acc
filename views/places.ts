// The places of the house: what stands in the rail, the bottom bar and the command palette, grouped by what people do.
import type { IconName } from './components/icon.ts'
import type { PlainKey } from './locales/index.ts'

export type PlaceId =
  | 'today'
  | 'till'
  | 'sales'
  | 'cash'
  | 'products'
  | 'stock'
  | 'orders'
  | 'suppliers'
  | 'customers'
  | 'reports'
  | 'tasks'
  | 'people'
  | 'settings'
  | 'mail'
  | 'system'
  | 'audit'

export type Place = { readonly id: PlaceId; readonly href: string; readonly icon: IconName; readonly label: PlainKey }
export type PlaceGroup = { readonly label?: PlainKey; readonly places: readonly Place[] }

const place = (id: PlaceId, href: string): Place => ({ id, href, icon: id, label: `nav.${id}` })

const all: readonly PlaceGroup[] = [
  { places: [place('today', '/')] },
  { label: 'nav.group.sell', places: [place('till', '/till'), place('sales', '/sales'), place('cash', '/cash')] },
  { label: 'nav.group.stock', places: [place('products', '/products'), place('stock', '/stock')] },
  { label: 'nav.group.buy', places: [place('orders', '/orders'), place('suppliers', '/suppliers')] },
  { label: 'nav.group.customers', places: [place('customers', '/customers')] },
  { label: 'nav.group.reports', places: [place('reports', '/reports')] },
  { label: 'nav.group.team', places: [place('tasks', '/tasks'), place('people', '/people')] },
  {
    label: 'nav.group.system',
    places: [
      place('settings', '/settings'),
      place('mail', '/mail'),
      place('system', '/system'),
      place('audit', '/audit'),
    ],
  },
]

/** The groups with the places that a person may enter; empty groups are left out. */
export const placesFor = (allowed: (id: PlaceId) => boolean): readonly PlaceGroup[] =>
  all
    .map((group) => ({ ...group, places: group.places.filter(({ id }) => allowed(id)) }))
    .filter(({ places }) => places.length > 0)

/** The four places that a thumb reaches on a phone: the ones used most, as far as they are allowed; the fifth opens the rest. */
export const thumbPlaces = (groups: readonly PlaceGroup[]): readonly Place[] => {
  const permitted = groups.flatMap(({ places }) => places)
  const preferred: readonly PlaceId[] = ['today', 'till', 'sales', 'stock', 'tasks', 'products', 'customers', 'reports']
  return preferred.flatMap((id) => permitted.find((known) => known.id === id) ?? []).slice(0, 4)
}
