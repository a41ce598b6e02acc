// The roster of active super-admins. One stream, so that of two who leave at the same moment the last one is held.
import { type Decider, nothing, reject } from '../../kernel/decider.ts'
import { event } from '../../kernel/event.ts'
import { type RosterEvents, rosterEvents } from './events.ts'

export type RosterCommands = {
  AddSuperAdmin: RosterEvents['SuperAdminJoined']
  RemoveSuperAdmin: RosterEvents['SuperAdminLeft']
}

export interface Roster {
  readonly superAdmins: readonly string[]
}

/** The id of the only roster. */
export const rosterId = 'super-admins'

/** RemoveSuperAdmin: `last-super-admin` { personId } for the only one. */
export const roster: Decider<RosterCommands, RosterEvents, Roster> = {
  events: rosterEvents,
  initial: { superAdmins: [] },

  decide: {
    AddSuperAdmin: ({ superAdmins }, command) =>
      superAdmins.includes(command.personId) ? nothing : [event('SuperAdminJoined', command)],
    RemoveSuperAdmin: ({ superAdmins }, command) => {
      if (!superAdmins.includes(command.personId)) return nothing
      return superAdmins.length === 1
        ? reject('last-super-admin', { personId: command.personId })
        : [event('SuperAdminLeft', command)]
    },
  },

  evolve: {
    SuperAdminJoined: ({ superAdmins }, { personId }) => ({ superAdmins: [...superAdmins, personId] }),
    SuperAdminLeft: ({ superAdmins }, { personId }) => ({
      superAdmins: superAdmins.filter((known) => known !== personId),
    }),
  },
}
