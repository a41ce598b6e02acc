// How each person wants to be told, and which reports come to them by mail.
import type { DomainEvents } from '../src/domain/events.ts'
import { projection } from './projection.ts'

export interface NotificationPreferences {
  readonly personId: string
  /** Only what the person has chosen; defaults hold for the rest. */
  readonly choices: DomainEvents['NotificationPreferencesChanged']['choices']
  readonly quietHours: DomainEvents['NotificationPreferencesChanged']['quietHours']
  readonly subscriptions: DomainEvents['ReportSubscriptionsChanged']['subscriptions']
  /** Whether any report comes by mail. */
  readonly subscribed: boolean
  /** When the subscriptions were last changed; null for who never did. */
  readonly subscribedAt: string | null
}

interface OfPerson {
  readonly data: { readonly personId: string }
}

const key = ({ data }: OfPerson) => data.personId
const initial = ({ data: { personId } }: OfPerson): NotificationPreferences => ({
  personId,
  choices: {},
  quietHours: null,
  subscriptions: [],
  subscribed: false,
  subscribedAt: null,
})

export const notificationPreferences = projection<NotificationPreferences>('notification-preferences', {
  version: 1,
  indexes: ['subscribed'],
  on: {
    NotificationPreferencesChanged: {
      key,
      initial,
      apply: (preferences, { data: { choices, quietHours } }) => ({ ...preferences, choices, quietHours }),
    },
    ReportSubscriptionsChanged: {
      key,
      initial,
      apply: (preferences, { data: { subscriptions, at } }) => ({
        ...preferences,
        subscriptions,
        subscribed: subscriptions.length > 0,
        subscribedAt: at,
      }),
    },
    PersonErased: { key, apply: () => null },
  },
})
