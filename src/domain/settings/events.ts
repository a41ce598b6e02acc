// Everything that can happen to the company's settings. One stream.
import { z } from 'zod'
import { type DataOf, events, v1 } from '../../kernel/event.ts'
import { instant, note, taxRate, text } from '../values.ts'

const details = {
  name: text,
  nuit: z.string().nullable(),
  address: note,
  phone: z.string().max(40).nullable(),
  email: z.string().max(200).nullable(),
}
const rates = z
  .array(z.strictObject({ name: text, rate: taxRate }))
  .min(1)
  .max(20)

export const settingsEvents = events('settings', {
  /** The beginning of a company. `currency` (ISO 4217) and `timeZone` (IANA) never change. The first tax rate is the default. */
  CompanySetUp: v1({ ...details, currency: z.string().length(3), timeZone: text, taxRates: rates, at: instant }),
  CompanyDetailsChanged: v1({ ...details, at: instant }),
  TaxRatesChanged: v1({ taxRates: rates, at: instant }),
})
export type SettingsEvents = DataOf<typeof settingsEvents>
