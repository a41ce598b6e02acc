// How a person wants to be told: which kinds by which channel, when to be left alone, and which reports come by mail.
import { type Decider, nothing } from '../../kernel/decider.ts'
import { event } from '../../kernel/event.ts'
import { changes } from '../changes.ts'
import {
  type Channels,
  type NotificationKind,
  type PreferenceEvents,
  preferenceEvents,
  type QuietHours,
  type ReportSubscription,
} from './events.ts'

export type Choices = Readonly<Partial<Record<NotificationKind, Channels>>>

export interface Preferences {
  readonly choices: Choices
  readonly quietHours: QuietHours | null
  readonly subscriptions: readonly ReportSubscription[]
}

/** What holds for who has chosen nothing: everything is pushed, and what must not be overlooked is mailed. */
export const defaultChannels: Readonly<Record<NotificationKind, Channels>> = {
  'low-stock': { push: true, mail: true },
  task: { push: true, mail: true },
  'cash-difference': { push: true, mail: false },
  'sale-voided': { push: true, mail: false },
  message: { push: true, mail: false },
  'system-alert': { push: true, mail: true },
  'new-sale': { push: true, mail: false },
}

/** By which channels somebody is told of a kind. */
export const channelsFor = ({ choices }: Pick<Preferences, 'choices'>, kind: NotificationKind): Channels =>
  choices[kind] ?? defaultChannels[kind]

export type PreferenceCommands = {
  ChangeNotificationPreferences: PreferenceEvents['NotificationPreferencesChanged']
  ChangeReportSubscriptions: PreferenceEvents['ReportSubscriptionsChanged']
  /** The one thing that a link in a mail may change. */
  StopMail: { readonly personId: string; readonly of: NotificationKind | 'report'; readonly at: string }
}

export const unchosen: Preferences = { choices: {}, quietHours: null, subscriptions: [] }

/** Nothing is refused. */
export const preferences: Decider<PreferenceCommands, PreferenceEvents, Preferences> = {
  events: preferenceEvents,
  initial: unchosen,

  decide: {
    ChangeNotificationPreferences: (now, { personId, choices, quietHours, at }) =>
      changes(now, { choices, quietHours })
        ? [event('NotificationPreferencesChanged', { personId, choices, quietHours, at })]
        : nothing,
    ChangeReportSubscriptions: (now, { personId, subscriptions, at }) =>
      changes(now, { subscriptions })
        ? [event('ReportSubscriptionsChanged', { personId, subscriptions, at })]
        : nothing,
    StopMail: (now, { personId, of, at }) => {
      if (of === 'report')
        return now.subscriptions.length > 0
          ? [event('ReportSubscriptionsChanged', { personId, subscriptions: [], at })]
          : nothing
      const channels = channelsFor(now, of)
      if (!channels.mail) return nothing
      const choices = { ...now.choices, [of]: { ...channels, mail: false } }
      return [event('NotificationPreferencesChanged', { personId, choices, quietHours: now.quietHours, at })]
    },
  },

  evolve: {
    NotificationPreferencesChanged: (now, { choices, quietHours }) => ({ ...now, choices, quietHours }),
    ReportSubscriptionsChanged: (now, { subscriptions }) => ({ ...now, subscriptions }),
  },
}
