// The shops and warehouses.
import type { DomainEvents } from '../src/domain/events.ts'
import { folded } from './folded.ts'
import { asItBegan, projection } from './projection.ts'

export interface Location {
  readonly locationId: string
  readonly code: string
  readonly name: string
  readonly nameKey: string
  readonly kind: DomainEvents['LocationOpened']['kind']
  readonly tills: number
  readonly address: string
  readonly open: boolean
  readonly openedAt: string
}

const key = ({ data }: { readonly data: { readonly locationId: string } }) => data.locationId

export const locations = projection<Location>('locations', {
  version: 1,
  indexes: ['nameKey', 'code', 'kind', ['open', 'nameKey']],
  on: {
    LocationOpened: {
      key,
      initial: ({ data: { at, ...details } }) => ({
        ...details,
        nameKey: folded(details.name),
        open: true,
        openedAt: at,
      }),
      apply: asItBegan,
    },
    LocationChanged: {
      key,
      apply: (location, { data: { at: _, ...details } }) => ({
        ...location,
        ...details,
        nameKey: folded(details.name),
      }),
    },
    LocationClosed: { key, apply: (location) => ({ ...location, open: false }) },
  },
})
