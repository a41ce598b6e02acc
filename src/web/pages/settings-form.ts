// The settings changed: the company, its tax rates.
import { Hono } from 'hono'
import { z } from 'zod'
import { fieldAmount, parseAmount } from '../../../views/amount.ts'
import type { FormState } from '../../../views/components/field.ts'
import { layout } from '../../../views/layout.ts'
import { companyFormContent, taxRatesFormContent } from '../../../views/pages/settings-forms.ts'
import type { Reader } from '../../../views/reader.ts'
import { changeCompany, changeTaxRates, type TaxRates } from '../../commands/settings.ts'
import type { Assets } from '../assets.ts'
import { authorise } from '../authenticate.ts'
import { tellPosition } from '../consistency.ts'
import type { AppContext, Environment } from '../environment.ts'
import { ProblemError } from '../problems.ts'
import { formContext, freshForm, type Typed, typedIn, withIssues, withRejection } from './form.ts'
import { companyOf, frameOf } from './frame.ts'
import { leadTo } from './redirect.ts'
import { tell } from './toasts.ts'
import { optionalEmail, optionalNuit, typedNote, typedOptional, typedText } from './typed.ts'

const companyForm = z.object({
  name: typedText(),
  nuit: optionalNuit(),
  address: typedNote(),
  phone: typedOptional(40),
  email: optionalEmail(),
})

/** Empty lines under the rates that there are. */
const spareRates = 2
const mostRates = 20
/** Rates are typed as percentages with two decimals: as basis points they are whole. */
const decimals = 2
const wholeRate = 10_000

/** The rates as typed, those without a name left out; or what is wrong with them. */
function ratesIn({ t }: Reader, typed: Typed): { readonly rates: TaxRates } | { readonly state: FormState } {
  const errors: Record<string, string> = {}
  const rates: { name: string; rate: number }[] = []
  for (let n = 0; n < mostRates; n += 1) {
    const name = (typed[`name${n}`] ?? '').trim().slice(0, 200)
    if (name === '') continue
    const rate = parseAmount((typed[`rate${n}`] ?? '').replace('%', ''), decimals)
    if (rate === undefined || rate < 0 || rate > wholeRate) errors[`rate${n}`] = t('settings.rate-invalid')
    else rates.push({ name, rate })
  }
  if (rates.length === 0 && Object.keys(errors).length === 0) errors.name0 = t('settings.rates-missing')
  return Object.keys(errors).length > 0 ? { state: { values: typed, errors } } : { rates }
}

export function settingsFormPages(assets: Assets): Hono<Environment> {
  const pages = new Hono<Environment>()

  const showCompany = async (c: AppContext, state: FormState, status: 200 | 422 = 200) => {
    const frame = await frameOf(c, assets)
    const main = companyFormContent(frame.reader, state)
    return c.html(layout(frame, { title: frame.reader.t('settings.company'), main, current: 'settings' }), status)
  }

  const company = async (c: AppContext) => {
    const found = await companyOf(c)
    if (!found) throw new ProblemError('not-set-up')
    return found
  }

  pages.get('/settings/company', authorise('settings.write'), async (c) => {
    const { name, nuit, address, phone, email } = await company(c)
    return showCompany(c, freshForm(c, { name, nuit: nuit ?? '', address, phone: phone ?? '', email: email ?? '' }))
  })

  pages.post('/settings/company', authorise('settings.write'), async (c) => {
    const { reader } = await frameOf(c, assets)
    const typed = await typedIn(c)
    const parsed = companyForm.safeParse(typed)
    if (!parsed.success) return showCompany(c, withIssues(reader, typed, parsed.error), 422)
    const outcome = await changeCompany(c.get('system'), parsed.data, formContext(c, typed))
    if (outcome.rejected) return showCompany(c, withRejection(reader, typed, outcome), 422)
    tellPosition(c, outcome.position)
    tell(c, 'common.saved')
    return leadTo(c, '/settings')
  })

  const showRates = async (c: AppContext, state: FormState, status: 200 | 422 = 200) => {
    const frame = await frameOf(c, assets)
    const { taxRates } = await company(c)
    const rows = Math.min(taxRates.length + spareRates, mostRates)
    const main = taxRatesFormContent(frame.reader, { state, rows })
    return c.html(layout(frame, { title: frame.reader.t('settings.tax-rates'), main, current: 'settings' }), status)
  }

  pages.get('/settings/tax-rates', authorise('settings.write'), async (c) => {
    const { taxRates } = await company(c)
    const comma = c.get('locale') !== 'en'
    const values = taxRates.flatMap(({ name, rate }, n) => [
      [`name${n}`, name],
      [`rate${n}`, fieldAmount(rate, decimals, comma).replace(/[.,]00$/, '')],
    ])
    return showRates(c, freshForm(c, Object.fromEntries(values)))
  })

  pages.post('/settings/tax-rates', authorise('settings.write'), async (c) => {
    const { reader } = await frameOf(c, assets)
    const typed = await typedIn(c)
    const read = ratesIn(reader, typed)
    if ('state' in read) return showRates(c, read.state, 422)
    const outcome = await changeTaxRates(c.get('system'), read.rates, formContext(c, typed))
    if (outcome.rejected) return showRates(c, withRejection(reader, typed, outcome), 422)
    tellPosition(c, outcome.position)
    tell(c, 'common.saved')
    return leadTo(c, '/settings')
  })

  return pages
}
