// The rules of telling people: of several alerts of one kind that come together, only the first is told, and one that is worse.
import { type Decider, nothing } from '../../kernel/decider.ts'
import { event } from '../../kernel/event.ts'
import { type AlertGroupEvents, alertGroupEvents } from './events.ts'

/** Milliseconds for which what is told of one alert stands for others of its kind. */
const together = 10 * 60_000

export type AlertGroupCommands = { Announce: AlertGroupEvents['AlertGroupAnnounced'] }

/** What was told last; null when nothing was. */
export type AlertGroup = Pick<AlertGroupEvents['AlertGroupAnnounced'], 'severity' | 'at'> | null

/** Announce decides nothing when the alert goes with one that was told. The aggregate's id is the kind. */
export const alertGroup: Decider<AlertGroupCommands, AlertGroupEvents, AlertGroup> = {
  events: alertGroupEvents,
  initial: null,
  fromLastEvent: true,

  decide: {
    Announce: (last, alert) => {
      const goesWithLast = last !== null && Date.parse(alert.at) - Date.parse(last.at) < together
      const isWorse = last?.severity === 'warning' && alert.severity === 'critical'
      return goesWithLast && !isWorse ? nothing : [event('AlertGroupAnnounced', alert)]
    },
  },

  evolve: { AlertGroupAnnounced: (_, { severity, at }) => ({ severity, at }) },
}
