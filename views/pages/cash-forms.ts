// Opening a till with a float, moving cash by hand, counting it at the close.
import type { CashSession } from '../../projections/cash-sessions.ts'
import type { Location } from '../../projections/locations.ts'
import {
  card,
  type FormState,
  form,
  hidden,
  input,
  linkButton,
  moneyInput,
  pageHead,
  radios,
  select,
  submitButton,
  textarea,
} from '../components/index.ts'
import { type Html, html } from '../html.ts'
import type { Reader } from '../reader.ts'

/** Notes and coins of the metical, in its minor unit. */
export const pieces = [100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50] as const
export const pieceField = (value: number): string => `pieces-${value}`

interface CashForm {
  readonly state: FormState
  /** Makes the form safe to send twice. */
  readonly key: string
}

const framed = (
  given: {
    readonly title: string
    readonly lead: string
    readonly back: { readonly href: string; readonly label: string }
  },
  body: Html,
): Html => html`<div class="narrow stack">${pageHead(given)}${card({ body })}</div>`

export const openContent = (
  reader: Reader,
  { state, key, location, till }: CashForm & { readonly location: Location; readonly till: number },
): Html => {
  const { t } = reader
  const numbers = Array.from({ length: location.tills }, (_, at) => String(at + 1))
  return framed(
    {
      title: t('cash.open'),
      lead: `${location.name}. ${t('cash.open-lead')}`,
      back: { href: '/cash', label: t('cash.title') },
    },
    form(reader, {
      action: '/cash/open',
      state,
      body: html`${hidden('key', key)}${hidden('locationId', location.locationId)}
        ${
          location.tills > 1
            ? select(reader, state, {
                name: 'till',
                label: t('cash.till-number'),
                required: true,
                width: 'short',
                value: String(till),
                choices: numbers.map((value) => ({ value, label: t('cash.till', { number: value }) })),
              })
            : hidden('till', '1')
        }
        ${moneyInput(reader, state, { name: 'openingFloat', label: t('cash.opening-float'), required: true, attrs: { autofocus: true } })}`,
      actions: html`${submitButton({ label: t('cash.open'), size: 'large' })}${linkButton('/cash', { label: t('common.cancel'), size: 'large' })}`,
    }),
  )
}

interface OfSession extends CashForm {
  readonly session: CashSession
}

const backTo = ({ t, format }: Reader, { cashSessionId, till, day }: CashSession) => ({
  href: `/cash/${cashSessionId}`,
  label: t('cash.session-of', { number: till, day: format.date(day) }),
})

export const moveContent = (reader: Reader, { state, key, session }: OfSession): Html => {
  const { t } = reader
  const back = backTo(reader, session)
  return framed(
    { title: t('cash.move'), lead: t('cash.move-hint'), back },
    form(reader, {
      action: `${back.href}/move`,
      state,
      body: html`${hidden('key', key)}
        ${radios(state, {
          name: 'direction',
          label: t('cash.move-direction'),
          value: 'out',
          choices: [
            { value: 'out', label: t('cash.move-out') },
            { value: 'in', label: t('cash.move-in') },
          ],
        })}
        ${moneyInput(reader, state, { name: 'amount', label: t('cash.move-amount'), required: true })}
        ${input(reader, state, { name: 'reason', label: t('common.reason'), required: true, attrs: { maxlength: 200 } })}`,
      actions: html`${submitButton({ label: t('common.save') })}${linkButton(back.href, { label: t('common.cancel') })}`,
    }),
  )
}

/** What is expected is not shown: the count must be honest. The script adds the pieces up. */
export const closeContent = (reader: Reader, { state, key, session }: OfSession): Html => {
  const { t, format } = reader
  const back = backTo(reader, session)
  return framed(
    { title: t('cash.close'), lead: t('cash.close-lead'), back },
    form(reader, {
      action: `${back.href}/close`,
      state,
      attrs: { 'data-confirm': t('cash.close-confirm'), 'data-cash-count': true },
      body: html`${hidden('key', key)}
        <p class="hint">${t('cash.count-hint')}</p>
        <fieldset class="cash-pieces"><legend class="sr-only">${t('cash.count-title')}</legend>${pieces.map(
          (value) =>
            html`<label><span class="amount">${format.money(value)}</span><input class="num" name="${pieceField(value)}" data-piece="${value}" inputmode="numeric" autocomplete="off" aria-label="${t('cash.pieces-of', { value: format.money(value) })}" value="${state.values?.[pieceField(value)] ?? ''}"></label>`,
        )}</fieldset>
        ${moneyInput(reader, state, { name: 'counted', label: t('cash.counted-total'), required: true })}
        ${textarea(reader, state, { name: 'note', label: t('common.note'), hint: t('cash.close-note-hint'), attrs: { maxlength: 2000 } })}`,
      actions: html`${submitButton({ label: t('cash.close'), size: 'large' })}${linkButton(back.href, { label: t('common.cancel'), size: 'large' })}`,
    }),
  )
}
