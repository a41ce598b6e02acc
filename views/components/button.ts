// Buttons and links that look like them. A button is a verb; one primary button a view.
import { type Attributes, attributes, classes, type Html, html } from '../html.ts'
import { type IconName, icon } from './icon.ts'

export type ButtonLook = {
  readonly label: string
  readonly look?: 'primary' | 'plain' | 'quiet' | 'danger'
  readonly size?: 'small' | 'large'
  readonly icon?: IconName
  /** The icon alone is shown; the label is its name for those who do not see it. */
  readonly iconOnly?: boolean
  /** The key that does the same, shown on wide screens: `F2`, `Ctrl K`. */
  readonly key?: string
  readonly attrs?: Attributes
}

/** A button; `type` is `button` unless `attrs` say otherwise. */
export const button = (given: ButtonLook): Html =>
  html`<button${attributes({ type: 'button', ...named(given), ...given.attrs, class: lookOf(given) })}>${inside(given)}</button>`

/** The button that sends a form. */
export const submitButton = (given: ButtonLook): Html =>
  button({ look: 'primary', ...given, attrs: { type: 'submit', ...given.attrs } })

/** A link that looks like a button: it goes somewhere, it changes nothing. */
export const linkButton = (href: string, given: ButtonLook): Html =>
  html`<a${attributes({ href, ...named(given), ...given.attrs, class: lookOf(given) })}>${inside(given)}</a>`

/** A row of buttons, the primary one first. */
export const actions = (...buttons: (Html | false | undefined)[]): Html => html`<div class="actions">${buttons}</div>`

const lookOf = ({ look = 'plain', size, iconOnly, attrs }: ButtonLook): string =>
  classes('button', `button-${look}`, size && `button-${size}`, iconOnly && 'button-icon', String(attrs?.class ?? ''))

const named = ({ label, iconOnly, key }: ButtonLook): Attributes => ({
  ...(iconOnly && { 'aria-label': label, title: label }),
  'aria-keyshortcuts': key?.replace('Ctrl ', 'Control+'),
})

const inside = ({ label, icon: name, iconOnly, key }: ButtonLook): Html =>
  html`${name && icon(name)}${!iconOnly && html`<span>${label}</span>`}${key && html`<kbd aria-hidden="true">${key}</kbd>`}`
