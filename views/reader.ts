// The reader of a page: their language, and how figures and moments are written for them.
import { type Format, type FormatOptions, formatFor } from './format.ts'
import { type Locale, type Translate, translator } from './locales/index.ts'

export type Reader = { readonly locale: Locale; readonly t: Translate; readonly format: Format }

/** The reader for a language and the company's currency and time zone. */
export const readerFor = (options: FormatOptions): Reader => ({
  locale: options.locale,
  t: translator(options.locale),
  format: formatFor(options),
})
