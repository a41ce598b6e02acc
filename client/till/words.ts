// What the till says and how it writes figures: words, currency and language come with the page.

const page = document.getElementById('till')
const tags: Readonly<Record<string, string>> = { 'pt-MZ': 'pt-MZ', en: 'en-GB' }
const tag = tags[document.documentElement.lang] ?? 'pt-MZ'
const currency = new Intl.NumberFormat(tag, {
  useGrouping: 'always',
  style: 'currency',
  currency: page?.dataset.currency ?? 'MZN',
  currencyDisplay: 'code',
})
/** Digits after the point in an amount of the currency. */
export const minorDigits = currency.resolvedOptions().maximumFractionDigits ?? 2
const amounts = new Intl.NumberFormat(tag, {
  useGrouping: 'always',
  minimumFractionDigits: minorDigits,
  maximumFractionDigits: minorDigits,
})
const quantities = [0, 1, 2, 3].map(
  (digits) => new Intl.NumberFormat(tag, { useGrouping: 'always', maximumFractionDigits: digits }),
)

/** Whether decimals are written after a comma. */
export const comma = amounts.format(0.5).includes(',')

/** A message of the page, its gaps filled. */
export const said = (name: string, gaps: Readonly<Record<string, string>> = {}): string =>
  (page?.dataset[name] ?? '').replace(/\{(\w+)\}/g, (gap, key: string) => gaps[key] ?? gap)

const proper = (written: string): string => written.replace('-', '−')

export const amount = (minor: number): string => proper(amounts.format(minor / 10 ** minorDigits))

/** With the currency's sign where the language puts it, as the server writes it. */
export const money = (minor: number): string =>
  proper(
    currency
      .formatToParts(minor / 10 ** minorDigits)
      .map(({ type, value }) => (type === 'currency' ? (page?.dataset.sign ?? value) : value))
      .join(''),
  )

export const quantity = (value: number, decimals: number): string =>
  (quantities[decimals] ?? amounts).format(value / 10 ** decimals)
