// The rules of the company's settings: set up once, then changed.
import { type Decider, isRejection, nothing, type Rejection, reject } from '../../kernel/decider.ts'
import { type EventIn, event } from '../../kernel/event.ts'
import { changes } from '../changes.ts'
import { withPlainNuit } from '../nuit.ts'
import { type SettingsEvents, settingsEvents } from './events.ts'

export type SettingsCommands = {
  SetUpCompany: SettingsEvents['CompanySetUp']
  ChangeCompanyDetails: SettingsEvents['CompanyDetailsChanged']
  ChangeTaxRates: SettingsEvents['TaxRatesChanged']
}

/** The company as it stands. */
export type Settings = Omit<SettingsEvents['CompanySetUp'], 'at'>

/** The id of the only settings there are. */
export const settingsId = 'company'

/** A rule for a company that is set up. */
const setUp =
  <Command>(decide: (company: Settings, command: Command) => readonly EventIn<SettingsEvents>[] | Rejection) =>
  (company: Settings | null, command: Command): readonly EventIn<SettingsEvents>[] | Rejection =>
    company ? decide(company, command) : reject('not-set-up')

/** The state is null until the company is set up. SetUpCompany: `already-set-up`. The others: `not-set-up`. A tax number that is none: `invalid-nuit`. */
export const settings: Decider<SettingsCommands, SettingsEvents, Settings | null> = {
  events: settingsEvents,
  initial: null,

  decide: {
    SetUpCompany: (company, beginning) => {
      if (company) return reject('already-set-up', { name: company.name })
      const valid = withPlainNuit(beginning)
      return isRejection(valid) ? valid : [event('CompanySetUp', valid)]
    },
    ChangeCompanyDetails: setUp((company, change) => {
      const valid = withPlainNuit(change)
      if (isRejection(valid)) return valid
      const { at: _at, ...details } = valid
      return changes<Settings>(company, details) ? [event('CompanyDetailsChanged', valid)] : nothing
    }),
    ChangeTaxRates: setUp((company, change) =>
      changes<Settings>(company, { taxRates: change.taxRates }) ? [event('TaxRatesChanged', change)] : nothing,
    ),
  },

  evolve: {
    CompanySetUp: (_, { at: _at, ...company }) => company,
    CompanyDetailsChanged: (company, { at: _at, ...details }) => company && { ...company, ...details },
    TaxRatesChanged: (company, { taxRates }) => company && { ...company, taxRates },
  },
}
