// Who is told: an audience as data, and the people whom it means now, each with the channels that they have chosen.
import { type NotificationPreferences, notificationPreferences } from '../../projections/notification-preferences.ts'
import { type Person, people } from '../../projections/people.ts'
import {
  type Channels,
  mostRecipients,
  type NotificationKind,
  type Recipient,
  type Severity,
} from '../domain/notifications/events.ts'
import { channelsFor } from '../domain/notifications/preferences.ts'
import type { Role } from '../domain/values.ts'
import type { ReadModels } from '../kernel/read-models.ts'
import { quietUntil } from './quiet-hours.ts'

export type Audience =
  | { readonly to: 'everybody' }
  | { readonly to: 'person'; readonly personId: string }
  /** With a location: those who work there, and those who work at no place in particular. */
  | { readonly to: 'role'; readonly role: Role; readonly locationId?: string | undefined }
  /** A department by its name, whatever its case. */
  | { readonly to: 'department'; readonly department: string; readonly locationId?: string | undefined }
  | { readonly to: 'location'; readonly locationId: string }

const same = (a: string, b: string): boolean => a.localeCompare(b, 'pt', { sensitivity: 'base' }) === 0

const worksAt = (person: Person, locationId: string | undefined): boolean =>
  locationId === undefined || person.locationId === null || person.locationId === locationId

function isMeant(person: Person, audience: Audience): boolean {
  switch (audience.to) {
    case 'everybody':
      return true
    case 'person':
      return person.personId === audience.personId
    case 'role':
      return person.role === audience.role && worksAt(person, audience.locationId)
    case 'department':
      return person.departments.some((name) => same(name, audience.department)) && worksAt(person, audience.locationId)
    case 'location':
      return person.locationId === audience.locationId
  }
}

/** How a person is told, and until when a mail to them waits. */
export interface Addressee extends Recipient {
  readonly quietUntil: Date | undefined
}

export interface Telling {
  readonly kind: NotificationKind
  readonly severity: Severity
  readonly audiences: readonly Audience[]
  /** Who caused it needs not be told. */
  readonly except?: string | undefined
  readonly at: Date
  /** Instead of the kind's own defaults, for who has chosen nothing. */
  readonly defaults?: Channels
}

/** The active people whom any of the audiences means, each once. What is urgent knows no quiet hours. */
export async function addresseesOf(models: ReadModels, telling: Telling): Promise<readonly Addressee[]> {
  const { kind, severity, audiences, except, at, defaults } = telling
  const active = await models.find(people, { where: { active: true }, limit: mostRecipients })
  const meant = active.items
    .map(({ document }) => document)
    .filter((person) => person.personId !== except && audiences.some((audience) => isMeant(person, audience)))
  const chosen = await models.getMany(
    notificationPreferences,
    meant.map(({ personId }) => personId),
  )
  const preferences = new Map(chosen.map(({ id, document }) => [id, document]))
  return meant.map(({ personId }) => {
    const own: NotificationPreferences | undefined = preferences.get(personId)
    const channels = own?.choices[kind] ?? defaults ?? channelsFor({ choices: {} }, kind)
    const until = severity === 'danger' ? undefined : quietUntil(own?.quietHours ?? null, at)
    return { personId, push: channels.push && until === undefined, mail: channels.mail, quietUntil: until }
  })
}

/** As it is recorded. */
export const recipientOf = ({ personId, push, mail }: Addressee): Recipient => ({ personId, push, mail })
