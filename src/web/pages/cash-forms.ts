// Opening a till, moving cash by hand, counting it at the close.
import { Hono } from 'hono'
import { z } from 'zod'
import type { CashSession } from '../../../projections/cash-sessions.ts'
import { parseAmount } from '../../../views/amount.ts'
import type { FormState } from '../../../views/components/field.ts'
import type { Html } from '../../../views/html.ts'
import { layout } from '../../../views/layout.ts'
import type { PlainKey } from '../../../views/locales/index.ts'
import { closeContent, moveContent, openContent } from '../../../views/pages/cash-forms.ts'
import type { Reader } from '../../../views/reader.ts'
import { closeCashSession, moveCash, openCashSession } from '../../commands/cash.ts'
import { maxAmount, note, text } from '../../domain/values.ts'
import type { Rejection } from '../../kernel/decider.ts'
import type { Assets } from '../assets.ts'
import { authorise } from '../authenticate.ts'
import { tellPosition } from '../consistency.ts'
import { type AppContext, type Environment, formContext } from '../environment.ts'
import { explain } from '../problems.ts'
import { sessionOf } from './cash.ts'
import { frameOf, surroundingsOf } from './frame.ts'
import { counterOf } from './till.ts'
import { tell } from './toasts.ts'

type Values = Readonly<Record<string, string>>
type Errors = Record<string, string>

const typedIn = async (c: AppContext): Promise<Values> =>
  z.record(z.string(), z.string().trim().catch('')).parse(await c.req.parseBody())

/** An amount as it was typed; a wrong one is noted beside its field. */
function amountIn(values: Values, field: string, errors: Errors, { t, format }: Reader): number {
  const amount = parseAmount(values[field] ?? '', format.minorUnits)
  if (amount !== undefined && amount >= 0 && amount <= maxAmount) return amount
  errors[field] = t('errors.invalid-number')
  return 0
}

export function cashFormPages(assets: Assets): Hono<Environment> {
  const pages = new Hono<Environment>()
  const uses = authorise('cash.use')
  const readerOf = async (c: AppContext) => (await surroundingsOf(c, assets)).reader
  const keyIn = (c: AppContext, { key }: Values) => key || c.get('system').newId()

  const show = async (c: AppContext, title: PlainKey, main: Html, status: 200 | 409 | 422, scripts: string[] = []) => {
    const frame = await frameOf(c, assets)
    return c.html(layout(frame, { title: frame.reader.t(title), main, current: 'cash', scripts }), status)
  }

  const showOpen = async (c: AppContext, state: FormState, status: 200 | 409 | 422 = 200) => {
    const { location, till } = await counterOf(c)
    const key = keyIn(c, state.values ?? {})
    const main = openContent(await readerOf(c), { state, key, location, till })
    return show(c, 'cash.open', main, status)
  }

  const showMove = async (c: AppContext, session: CashSession, state: FormState, status: 200 | 409 | 422 = 200) =>
    show(c, 'cash.move', moveContent(await readerOf(c), { state, session, key: keyIn(c, state.values ?? {}) }), status)

  const showClose = async (c: AppContext, session: CashSession, state: FormState, status: 200 | 409 | 422 = 200) => {
    const main = closeContent(await readerOf(c), { state, session, key: keyIn(c, state.values ?? {}) })
    return show(c, 'cash.close', main, status, ['client/cash.ts'])
  }

  const refusal = (c: AppContext, { code }: Rejection): Errors => ({ form: explain(c.get('locale'), code) })

  const settled = (c: AppContext, id: string, position: bigint, told: PlainKey, to = `/cash/${id}`) => {
    tellPosition(c, position)
    tell(c, told)
    return c.redirect(to, 303)
  }

  pages.get('/cash/open', uses, async (c) => showOpen(c, {}))

  pages.post('/cash/open', uses, async (c) => {
    const reader = await readerOf(c)
    const { t } = reader
    const values = await typedIn(c)
    const errors: Errors = {}
    const openingFloat = amountIn(values, 'openingFloat', errors, reader)
    const till = Number(values.till)
    if (!Number.isInteger(till) || till < 1) errors.till = t('errors.invalid')
    if (Object.keys(errors).length > 0) return showOpen(c, { values, errors }, 422)
    const { location } = await counterOf(c)
    const asked = { locationId: values.locationId || location.locationId, till, openingFloat }
    const outcome = await openCashSession(c.get('system'), asked, formContext(c, values.key ?? '', asked))
    if (outcome.rejected) return showOpen(c, { values, errors: refusal(c, outcome) }, 409)
    return settled(c, outcome.value.id, outcome.position, 'cash.opened-toast', `/till?till=${till}`)
  })

  pages.get('/cash/:id/move', uses, async (c) => showMove(c, await sessionOf(c), {}))

  pages.post('/cash/:id/move', uses, async (c) => {
    const session = await sessionOf(c)
    const reader = await readerOf(c)
    const { t, format } = reader
    const values = await typedIn(c)
    const errors: Errors = {}
    const amount = amountIn(values, 'amount', errors, reader)
    if (amount === 0) errors.amount = t('errors.invalid-number')
    const reason = text.safeParse(values.reason)
    if (!reason.success) errors.reason = t('errors.required')
    if (!reason.success || Object.keys(errors).length > 0) return showMove(c, session, { values, errors }, 422)
    const signed = values.direction === 'in' ? amount : -amount
    const asked = { cashSessionId: session.cashSessionId, amount: signed, reason: reason.data }
    const outcome = await moveCash(c.get('system'), asked, formContext(c, values.key ?? '', asked))
    if (!outcome.rejected) return settled(c, session.cashSessionId, outcome.position, 'cash.moved-toast')
    const short = outcome.code === 'not-enough-cash'
    const said = t('cash.not-enough', { amount: format.money(Number(outcome.details.expected)) })
    return showMove(c, session, { values, errors: short ? { amount: said } : refusal(c, outcome) }, 409)
  })

  pages.get('/cash/:id/close', uses, async (c) => showClose(c, await sessionOf(c), {}))

  pages.post('/cash/:id/close', uses, async (c) => {
    const session = await sessionOf(c)
    const reader = await readerOf(c)
    const { t } = reader
    const values = await typedIn(c)
    const errors: Errors = {}
    const counted = amountIn(values, 'counted', errors, reader)
    const told = note.safeParse(values.note ?? '')
    if (!told.success) errors.note = t('errors.too-long', { max: 2000 })
    if (!told.success || Object.keys(errors).length > 0) return showClose(c, session, { values, errors }, 422)
    const asked = { cashSessionId: session.cashSessionId, counted, note: told.data }
    const outcome = await closeCashSession(c.get('system'), asked, formContext(c, values.key ?? '', asked))
    if (outcome.rejected) return showClose(c, session, { values, errors: refusal(c, outcome) }, 409)
    return settled(c, session.cashSessionId, outcome.position, 'cash.closed-toast')
  })

  return pages
}
