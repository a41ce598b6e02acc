// The rule of accesses: who looks again within the hour is not recorded again.
import { type Decider, nothing } from '../../kernel/decider.ts'
import { event } from '../../kernel/event.ts'
import { type AccessEvents, accessEvents } from './events.ts'

export type AccessCommands = { ViewPersonalData: Omit<AccessEvents['PersonalDataViewed'], 'hour'> }

/** The hour that was recorded last; null before the first. */
export type Access = { readonly hour: string | null }

/** The id of what one person has seen of one subject, or of one kind of list. */
export const accessId = (viewerId: string, kind: string, subjectId: string | null): string =>
  `${viewerId}@${kind}${subjectId === null ? '' : `:${subjectId}`}`

export const access: Decider<AccessCommands, AccessEvents, Access> = {
  events: accessEvents,
  initial: { hour: null },
  fromLastEvent: true,

  decide: {
    ViewPersonalData: ({ hour: recorded }, view) => {
      const hour = view.at.slice(0, 'YYYY-MM-DDTHH'.length)
      return hour === recorded ? nothing : [event('PersonalDataViewed', { ...view, hour })]
    },
  },

  evolve: { PersonalDataViewed: (_, { hour }) => ({ hour }) },
}
