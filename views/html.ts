// What HTML is made with: Hono's escaping templates, and attributes given as data.
import { html, raw } from 'hono/html'

export { html, raw }

/** A piece of markup that is already escaped. */
export type Html = ReturnType<typeof html>

/** What may stand in a template: text is escaped, nothing is left out. */
export type Content = Html | string | number | false | null | undefined | readonly Content[]

/** Attributes by name: `true` gives a bare attribute, `false` and `undefined` leave it out. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>

/** Renders attributes, each with a leading space, values escaped. Names are the program's own, never a person's input. */
export const attributes = (given: Attributes = {}): Html =>
  html`${Object.entries(given).map(([name, value]) => {
    if (value === undefined || value === false) return ''
    return value === true ? html` ${raw(name)}` : html` ${raw(name)}="${value}"`
  })}`

/** Class names joined, the absent ones left out. */
export const classes = (...names: (string | false | undefined)[]): string => names.filter(Boolean).join(' ')
