import { test } from 'node:test'
import { fact } from '../test/specification/facts.ts'
import { project } from '../test/specification/projection.ts'
import { locations } from './locations.ts'

const at = '2026-01-05T08:00:00.000Z'

test('a location keeps its code when it is changed, and stays listed when it is closed', () =>
  project(locations, [
    fact('LocationOpened', {
      locationId: 'shop',
      code: 'MPT',
      name: 'Loja',
      kind: 'shop',
      tills: 1,
      address: 'Maputo',
      at,
    }),
    fact('LocationChanged', { locationId: 'shop', name: 'Loja Sé', kind: 'shop', tills: 2, address: 'Matola', at }),
    fact('LocationClosed', { locationId: 'shop', at }),
  ]).equals({
    shop: {
      locationId: 'shop',
      code: 'MPT',
      name: 'Loja Sé',
      nameKey: 'loja se',
      kind: 'shop',
      tills: 2,
      address: 'Matola',
      open: false,
      openedAt: at,
    },
  }))
