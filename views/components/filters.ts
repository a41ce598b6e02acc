// The filter bar over a list: a search field, choices, chips for what is filtered. It is a GET form, so that every view has an address.
import { type Attributes, attributes, type Content, type Html, html } from '../html.ts'
import type { Reader } from '../reader.ts'
import { submitButton } from './button.ts'
import { icon } from './icon.ts'

export type Chip = { readonly label: string /** The address without this filter. */; readonly without: string }

export const filterBar = (
  reader: Reader,
  given: {
    readonly action: string
    readonly search?: {
      readonly name?: string
      readonly value?: string
      readonly placeholder: string
      readonly attrs?: Attributes
    }
    /** Selects and dates, made with the field components. */
    readonly fields?: Content
    readonly chips?: readonly Chip[]
    /** The address of the list without any filter. */
    readonly clear?: string
    /** htmx attributes: `hx-get`, `hx-target`, `hx-push-url`, … */
    readonly attrs?: Attributes
  },
): Html => {
  const { t } = reader
  const { search, chips = [] } = given
  return html`<search class="filters">
    <form class="filter-form" method="get"${attributes({ action: given.action, ...given.attrs })}>
      ${search && searchField(search)}
      ${given.fields}
      ${submitButton({ label: t('common.filter'), look: 'plain' })}
    </form>
    ${
      chips.length > 0 &&
      html`<ul class="chips">${chips.map((chip) => removable(reader, chip))}${
        given.clear && html`<li><a class="chips-clear" href="${given.clear}">${t('common.clear-filters')}</a></li>`
      }</ul>`
    }
  </search>`
}

/** A search field with its sign; used in filter bars and at the till. */
export const searchField = (given: {
  readonly name?: string
  readonly value?: string
  readonly placeholder: string
  readonly attrs?: Attributes
}): Html =>
  html`<span class="search-field">${icon('search')}<input${attributes({
    type: 'search',
    name: given.name ?? 'search',
    value: given.value,
    placeholder: given.placeholder,
    'aria-label': given.placeholder,
    autocomplete: 'off',
    spellcheck: 'false',
    ...given.attrs,
  })} /></span>`

const removable = ({ t }: Reader, { label, without }: Chip): Html =>
  html`<li><a class="chip" href="${without}" aria-label="${t('common.remove-filter', { filter: label })}">${label}${icon('close')}</a></li>`
