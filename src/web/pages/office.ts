// The pages of the office: customers, tasks, people, the reader's own account, settings.
import { customerFormPages } from './customer-form.ts'
import { customersPages } from './customers.ts'
import { locationFormPages } from './location-form.ts'
import { mailsPages } from './mails.ts'
import { notificationPreferencesPages } from './notification-preferences.ts'
import { notificationsPages } from './notifications.ts'
import { peoplePages } from './people.ts'
import { personFormPages } from './person-form.ts'
import { profilePages } from './profile.ts'
import { settingsPages } from './settings.ts'
import { settingsFormPages } from './settings-form.ts'
import { taskFormPages } from './task-form.ts'
import { tasksPages } from './tasks.ts'
import { workplacePages } from './workplace.ts'

// Forms first: `/customers/new` is no customer.
export const officePages = [
  customerFormPages,
  customersPages,
  notificationsPages,
  mailsPages,
  taskFormPages,
  tasksPages,
  personFormPages,
  peoplePages,
  profilePages,
  notificationPreferencesPages,
  workplacePages,
  settingsFormPages,
  locationFormPages,
  settingsPages,
] as const
