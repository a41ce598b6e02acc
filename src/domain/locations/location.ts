// The rules of locations: the shops and warehouses where stock is kept and sold.
import { type Decider, nothing, type Rejection, reject } from '../../kernel/decider.ts'
import { type EventIn, event } from '../../kernel/event.ts'
import { changes } from '../changes.ts'
import { type LocationEvents, locationEvents } from './events.ts'

export type LocationCommands = {
  OpenLocation: LocationEvents['LocationOpened']
  ChangeLocation: LocationEvents['LocationChanged']
  CloseLocation: LocationEvents['LocationClosed']
}

/** A location as it stands. */
export type Location = Omit<LocationEvents['LocationOpened'], 'locationId' | 'at'> & { readonly closed: boolean }

/** A rule for locations that have been opened. */
const opened =
  <Command extends { readonly locationId: string }>(
    decide: (location: Location, command: Command) => readonly EventIn<LocationEvents>[] | Rejection,
  ) =>
  (location: Location | null, command: Command) =>
    location ? decide(location, command) : reject('unknown-location', { locationId: command.locationId })

/**
 * The state is null until the location is opened.
 * OpenLocation: `already-registered`. The others: `unknown-location` { locationId }; ChangeLocation: `location-closed` { locationId }.
 */
export const location: Decider<LocationCommands, LocationEvents, Location | null> = {
  events: locationEvents,
  initial: null,

  decide: {
    OpenLocation: (location, opening) =>
      location ? reject('already-registered', { locationId: opening.locationId }) : [event('LocationOpened', opening)],
    ChangeLocation: opened((location, change) => {
      if (location.closed) return reject('location-closed', { locationId: change.locationId })
      const { name, kind, tills, address } = change
      return changes<Location>(location, { name, kind, tills, address }) ? [event('LocationChanged', change)] : nothing
    }),
    CloseLocation: opened(({ closed }, command) => (closed ? nothing : [event('LocationClosed', command)])),
  },

  evolve: {
    LocationOpened: (_, { locationId: _id, at: _at, ...opening }) => ({ ...opening, closed: false }),
    LocationChanged: (location, { name, kind, tills, address }) =>
      location && { ...location, name, kind, tills, address },
    LocationClosed: (location) => location && { ...location, closed: true },
  },
}
