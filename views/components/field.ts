// Form fields: label, hint, error, and the value that the person typed, kept whatever happens.
import { type Attributes, attributes, type Content, classes, type Html, html } from '../html.ts'
import type { Reader } from '../reader.ts'
import { type IconName, icon } from './icon.ts'

/** What a form shows: the typed values and the errors, by field name. */
export type FormState = {
  readonly values?: Readonly<Record<string, string>>
  readonly errors?: Readonly<Record<string, string>>
  /** The fields' labels, for the error summary: `SKU: fill in this field`. */
  readonly labels?: Readonly<Record<string, string>>
}

export type Field = {
  readonly name: string
  readonly label: string
  readonly hint?: Content
  readonly required?: boolean
  /** Shown before anything is typed; what was typed wins. */
  readonly value?: string
  /** How wide what is typed will be. */
  readonly width?: 'short' | 'medium' | 'full'
  readonly attrs?: Attributes
}

export type Choice = { readonly value: string; readonly label: string }

/** A choice of `radios` may carry a sign and the key that chooses it. */
export type RadioChoice = Choice & { readonly icon?: IconName; readonly key?: string }

/** A text input; give `type`, `autocomplete`, `inputmode` and the like in `attrs`. */
export const input = (reader: Reader, state: FormState, field: Field): Html =>
  framed(
    reader,
    state,
    field,
    html`<input${attributes({ type: 'text', ...control(state, field), value: typedIn(state, field) })} />`,
  )

/** Several lines of text. */
export const textarea = (reader: Reader, state: FormState, field: Field): Html =>
  framed(
    reader,
    state,
    field,
    html`<textarea${attributes({ rows: 3, ...control(state, field) })}>${typedIn(state, field)}</textarea>`,
  )

/** One of several choices; `empty` is the first, with no value. */
export const select = (
  reader: Reader,
  state: FormState,
  field: Field & { readonly choices: readonly Choice[]; readonly empty?: string },
): Html => {
  const chosen = typedIn(state, field)
  const option = ({ value, label }: Choice) =>
    html`<option${attributes({ value, selected: value === chosen })}>${label}</option>`
  return framed(
    reader,
    state,
    field,
    html`<select${attributes(control(state, field))}>${
      field.empty !== undefined && option({ value: '', label: field.empty })
    }${field.choices.map(option)}</select>`,
  )
}

/** An amount of the company's currency, typed as people write it; parse it with `parseAmount`. */
export const moneyInput = (reader: Reader, state: FormState, field: Field): Html =>
  framed(reader, state, { width: 'short', ...field }, affixed(figure(state, field), reader.format.currencySign))

/** A quantity, with its unit behind it. */
export const quantityInput = (
  reader: Reader,
  state: FormState,
  field: Field & { readonly unit?: string; readonly decimals?: number },
): Html =>
  framed(
    reader,
    state,
    { width: 'short', ...field },
    affixed(figure(state, field, field.decimals === 0 ? 'numeric' : 'decimal'), field.unit),
  )

/** A calendar day; its value is YYYY-MM-DD. */
export const dateInput = (reader: Reader, state: FormState, field: Field): Html =>
  input(reader, state, { width: 'short', ...field, attrs: { type: 'date', ...field.attrs } })

/** A box to tick, its label beside it; its value is `on`. */
export const checkbox = (state: FormState, field: Field): Html => html`<div class="field field-check">
  <label class="check" for="field-${field.name}"><input${attributes({
    type: 'checkbox',
    ...control(state, field),
    checked: typedIn(state, field) === 'on',
  })} /><span>${field.label}</span></label>
  ${about(state, field)}
</div>`

/** One of a few choices, all seen at once, large enough to touch. `tiles`: two a row without the round mark, as at the till. */
export const radios = (
  state: FormState,
  field: Field & { readonly choices: readonly RadioChoice[]; readonly look?: 'tiles' },
): Html => {
  const chosen = typedIn(state, field)
  const choice = ({ value, label, icon: sign, key }: RadioChoice) =>
    html`<label class="radio"><input${attributes({
      type: 'radio',
      name: field.name,
      value,
      checked: value === chosen,
      required: field.required,
      ...field.attrs,
    })} />${sign && icon(sign)}<span>${label}</span>${key && html`<kbd>${key}</kbd>`}</label>`
  return html`<fieldset class="field field-radios" id="field-${field.name}"${attributes({
    'aria-describedby': describedBy(state, field),
  })}>
    <legend>${field.label}</legend>
    <div class="${classes('radios', field.look === 'tiles' && 'radios-tiles')}">${field.choices.map(choice)}</div>
    ${about(state, field)}
  </fieldset>`
}

/** A value that a form carries along. */
export const hidden = (name: string, value: string): Html =>
  html`<input${attributes({ type: 'hidden', name, value })} />`

const framed = (reader: Reader, state: FormState, field: Field, made: Html): Html => html`<div class="${classes(
  'field',
  `field-${field.width ?? 'full'}`,
  state.errors?.[field.name] !== undefined && 'field-wrong',
)}">
  <label for="field-${field.name}">${field.label}${
    !field.required && html` <span class="optional">${reader.t('common.optional')}</span>`
  }</label>
  ${made}
  ${about(state, field)}
</div>`

const about = (state: FormState, { name, hint }: Field): Html => {
  const error = state.errors?.[name]
  return html`${hint && html`<p class="hint" id="hint-${name}">${hint}</p>`}${
    error && html`<p class="error" id="error-${name}">${error}</p>`
  }`
}

const typedIn = (state: FormState, { name, value = '' }: Field): string => state.values?.[name] ?? value

const describedBy = (state: FormState, { name, hint }: Field): string | undefined =>
  classes(Boolean(hint) && `hint-${name}`, state.errors?.[name] !== undefined && `error-${name}`) || undefined

const control = (state: FormState, field: Field): Attributes => ({
  id: `field-${field.name}`,
  name: field.name,
  required: field.required,
  'aria-invalid': state.errors?.[field.name] !== undefined && 'true',
  'aria-describedby': describedBy(state, field),
  ...field.attrs,
})

const figure = (state: FormState, field: Field, mode = 'decimal'): Html =>
  html`<input${attributes({
    type: 'text',
    inputmode: mode,
    autocomplete: 'off',
    class: 'num',
    ...control(state, field),
    value: typedIn(state, field),
  })} />`

const affixed = (made: Html, affix: string | undefined): Html =>
  affix === undefined ? made : html`<span class="affixed">${made}<span class="affix">${affix}</span></span>`
