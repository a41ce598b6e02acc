// Every message of the pages, and the translator that speaks them in a reader's language.
import { alerts } from './alerts.ts'
import { api } from './api.ts'
import { audit } from './audit.ts'
import { backups } from './backups.ts'
import { cash } from './cash.ts'
import { common } from './common.ts'
import { customers } from './customers.ts'
import { dashboard } from './dashboard.ts'
import { errors } from './errors.ts'
import { eventNames } from './event-names.ts'
import { goods } from './goods.ts'
import { login } from './login.ts'
import { mail } from './mail.ts'
import type { Locale, Message, Parameters } from './message.ts'
import { nav } from './nav.ts'
import { notifications } from './notifications.ts'
import { people } from './people.ts'
import { problems } from './problems.ts'
import { products } from './products.ts'
import { profile } from './profile.ts'
import { purchasing } from './purchasing.ts'
import { reports } from './reports.ts'
import { sales } from './sales.ts'
import { settings } from './settings.ts'
import { setup } from './setup.ts'
import { stock } from './stock.ts'
import { system } from './system.ts'
import { tasks } from './tasks.ts'
import { till } from './till.ts'

export { type Locale, locales } from './message.ts'

export const catalogue = {
  ...common,
  ...nav,
  ...login,
  ...dashboard,
  ...till,
  ...sales,
  ...products,
  ...goods,
  ...stock,
  ...purchasing,
  ...customers,
  ...tasks,
  ...cash,
  ...reports,
  ...people,
  ...settings,
  ...profile,
  ...setup,
  ...alerts,
  ...system,
  ...notifications,
  ...mail,
  ...backups,
  ...audit,
  ...eventNames,
  ...errors,
  ...problems,
  ...api,
}

type Catalogue = typeof catalogue
export type MessageKey = keyof Catalogue
/** The keys whose message has no gap: what may be chosen at run time. */
export type PlainKey = { [K in MessageKey]: [Parameters<Catalogue[K]>] extends [never] ? K : never }[MessageKey]

type Given<K extends MessageKey> = [Parameters<Catalogue[K]>] extends [never]
  ? []
  : [parameters: { readonly [P in Parameters<Catalogue[K]>]: string | number }]

/** Says a message: `t('till.total')`, `t('sales.count', { count: 3 })`. A missing or misspelt parameter is a type error. */
export type Translate = <K extends MessageKey>(key: K, ...given: Given<K>) => string

const makeTranslator = (locale: Locale): Translate => {
  const language = locale === 'en' ? 'en' : 'pt'
  const number = new Intl.NumberFormat(locale === 'en' ? 'en-GB' : locale, { useGrouping: 'always' })
  const written = (value: string | number | undefined) => (typeof value === 'number' ? number.format(value) : value)

  return (key, ...[given]) => {
    const message: Message = catalogue[key]
    const parameters: Readonly<Record<string, string | number>> = given ?? {}
    const wording = message[language]
    const text = typeof wording === 'string' ? wording : parameters.count === 1 ? wording.one : wording.other
    return text.replace(/\{(\w+)\}/g, (gap, name: string) => written(parameters[name]) ?? gap)
  }
}

const translators: Record<Locale, Translate> = { 'pt-MZ': makeTranslator('pt-MZ'), en: makeTranslator('en') }

/** The translator into a language. */
export const translator = (locale: Locale): Translate => translators[locale]
