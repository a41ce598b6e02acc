// The company: what heads its documents, its currency, its time zone, its tax rates. One document, with the id `settingsId`.
import type { DomainEvents } from '../src/domain/events.ts'
import { settingsId } from '../src/domain/settings/settings.ts'
import { asItBegan, projection } from './projection.ts'

export interface Settings {
  readonly name: string
  readonly nuit: string | null
  readonly address: string
  readonly phone: string | null
  readonly email: string | null
  /** ISO 4217. */
  readonly currency: string
  /** IANA. */
  readonly timeZone: string
  /** The first is the default. */
  readonly taxRates: DomainEvents['CompanySetUp']['taxRates']
  readonly setUpAt: string
}

export { settingsId }

const key = () => settingsId

export const settings = projection<Settings>('settings', {
  version: 1,
  indexes: [],
  on: {
    CompanySetUp: { key, initial: ({ data: { at, ...company } }) => ({ ...company, setUpAt: at }), apply: asItBegan },
    CompanyDetailsChanged: { key, apply: (company, { data: { at: _, ...details } }) => ({ ...company, ...details }) },
    TaxRatesChanged: { key, apply: (company, { data }) => ({ ...company, taxRates: data.taxRates }) },
  },
})
