// What the till says and how it writes figures: words, currency and language come with the page.

const page = document.getElementById('till')
const tags: Readonly<Record<string, string>> = { 'pt-MZ': 'pt-MZ', en: 'en-GB' }
const tag = tags[document.documentElement.lang] ?? 'pt-MZ'
const amounts = new Intl.NumberFormat(tag, {
  useGrouping: 'always',
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
})
const quantities = [0, 1, 2, 3].map(
  (digits) => new Intl.NumberFormat(tag, { useGrouping: 'always', maximumFractionDigits: digits }),
)

/** Whether decimals are written after a comma. */
export const comma = amounts.format(0.5).includes(',')

/** A message of the page, its gaps filled. */
export const said = (name: string, gaps: Readonly<Record<string, string>> = {}): string =>
  (page?.dataset[name] ?? '').replace(/\{(\w+)\}/g, (gap, key: string) => gaps[key] ?? gap)

export const amount = (minor: number): string => amounts.format(minor / 100)
export const money = (minor: number): string => `${amount(minor)}\u00a0${page?.dataset.sign ?? ''}`
export const quantity = (value: number, decimals: number): string =>
  (quantities[decimals] ?? amounts).format(value / 10 ** decimals)
