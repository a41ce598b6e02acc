// Everything that can happen to a shop or a warehouse.
import { z } from 'zod'
import { type DataOf, events, v1 } from '../../kernel/event.ts'
import { id, instant, note, text } from '../values.ts'

export const locationKinds = ['shop', 'warehouse'] as const
const details = { name: text, kind: z.enum(locationKinds), tills: z.int().min(1).max(99), address: note }

export const locationEvents = events('location', {
  /**
   * `code` is part of the series of its fiscal documents and never changes. It ends in a letter, so that the till's number which follows it
   * there cannot be read as part of it.
   */
  LocationOpened: v1({ locationId: id, code: z.string().regex(/^[A-Z0-9]{1,5}[A-Z]$/), ...details, at: instant }),
  LocationChanged: v1({ locationId: id, ...details, at: instant }),
  LocationClosed: v1({ locationId: id, at: instant }),
})
export type LocationEvents = DataOf<typeof locationEvents>
