// Commands on the company's settings.
import { type SettingsCommands, settings, settingsId } from '../domain/settings/settings.ts'
import { type Change, type Made, withChange } from './change.ts'
import type { Context, Desk, Outcome } from './handling.ts'
import { refuse } from './unit.ts'

export type NewCompany = Omit<SettingsCommands['SetUpCompany'], 'at'>
export type CompanyChange = Change<Omit<SettingsCommands['ChangeCompanyDetails'], 'at'>>
export type TaxRates = SettingsCommands['ChangeTaxRates']['taxRates']

const made: Made = { id: settingsId }

/** Rejections: `already-set-up` { name }, `invalid-nuit` { nuit }. */
export function setUpCompany({ commands, now }: Desk, company: NewCompany, context: Context): Promise<Outcome<Made>> {
  const at = now().toISOString()
  return commands.execute(context, (unit) => {
    unit.decide(settings, settingsId, 'SetUpCompany', { ...company, at })
    return made
  })
}

/** Records what differs. Rejections: `not-set-up`, `invalid-nuit` { nuit }. */
export function changeCompany(
  { commands, now }: Desk,
  change: CompanyChange,
  context: Context,
): Promise<Outcome<Made>> {
  const at = now().toISOString()
  return commands.execute(context, (unit) => {
    const before = unit.state(settings, settingsId) ?? refuse('not-set-up')
    const { name, nuit, address, phone, email } = withChange(before, change)
    unit.decide(settings, settingsId, 'ChangeCompanyDetails', { name, nuit, address, phone, email, at })
    return made
  })
}

/** The first is the default. Products keep the rate they have. Rejections: `not-set-up`. */
export function changeTaxRates({ commands, now }: Desk, taxRates: TaxRates, context: Context): Promise<Outcome<Made>> {
  const at = now().toISOString()
  return commands.execute(context, (unit) => {
    unit.decide(settings, settingsId, 'ChangeTaxRates', { taxRates, at })
    return made
  })
}
