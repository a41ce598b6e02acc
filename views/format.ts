// How figures and moments are written for a reader: by Intl, in their language, the company's currency and time zone.
import type { Locale } from './locales/message.ts'

export type FormatOptions = { readonly locale: Locale; readonly currency?: string; readonly timeZone?: string }

export type Format = {
  readonly locale: Locale
  readonly currency: string
  /** The currency as people write it: `MT` for the metical. */
  readonly currencySign: string
  readonly timeZone: string
  /** Decimals of the currency: what an amount that is typed may have. */
  readonly minorUnits: number
  /** `minor` is an integer of the currency's minor unit; gives `1 234,50 MT`. */
  money(minor: number): string
  /** The same without the currency's sign, for columns whose head names it and for money fields. */
  amount(minor: number): string
  /** Rounded to what an axis has room for: `12 mil`, `1,2 M`. Without sign. */
  amountShort(minor: number): string
  number(value: number): string
  /** `quantity` counts the smallest unit: `quantity(1500, 3)` gives `1,5`. */
  quantity(quantity: number, decimals?: number): string
  /** A signed quantity, for movements: `+3`, `−2`. */
  change(quantity: number, decimals?: number): string
  /** `fraction` 0.123 gives `12,3%`. */
  percent(fraction: number): string
  /** A signed percentage, for comparisons: `+12%`. */
  percentChange(fraction: number): string
  /** `basisPoints` 1600 gives `16%`. */
  taxRate(basisPoints: number): string
  /** Of an instant (ISO 8601) or of a calendar day (YYYY-MM-DD). */
  date(moment: string): string
  /** `24/11`: short, where the year is plain. */
  dayShort(moment: string): string
  /** `terça-feira, 24 de Novembro`: for titles. */
  dayLong(moment: string): string
  /** `seg.`: the weekday of a calendar day, short. */
  weekday(day: string): string
  /** `novembro de 2026`, of a month (YYYY-MM). */
  month(month: string): string
  /** `nov. 26`, where there is little room. */
  monthShort(month: string): string
  /** `1–24 de nov. de 2026`: two calendar days as a range, one of them alone when they are the same. */
  days(from: string, to: string): string
  dateTime(instant: string): string
  time(instant: string): string
}

/** English as it is written in southern Africa: day before month, 24 hours. */
const conventions: Record<Locale, string> = { 'pt-MZ': 'pt-MZ', en: 'en-GB' }
/** Intl still knows the metical by the sign of its first year. */
const signs: Readonly<Record<string, string>> = { MZN: 'MT' }
const cache = new Map<string, Format>()

/** The formats for a language, currency and time zone; made once each, as Intl's formatters are slow to make and quick to use. */
export const formatFor = ({ locale, currency = 'MZN', timeZone = 'Africa/Maputo' }: FormatOptions): Format => {
  const key = `${locale} ${currency} ${timeZone}`
  const known = cache.get(key)
  if (known) return known
  const made = makeFormat(locale, currency, timeZone)
  cache.set(key, made)
  return made
}

const makeFormat = (locale: Locale, currency: string, timeZone: string): Format => {
  const tag = conventions[locale]
  const number = (options: Intl.NumberFormatOptions) =>
    new Intl.NumberFormat(tag, { useGrouping: 'always', ...options })
  const moment = (options: Intl.DateTimeFormatOptions, zone = timeZone) =>
    new Intl.DateTimeFormat(tag, { timeZone: zone, ...options })
  /** A calendar day has no zone: it must not slip to the day before. */
  const dayOrInstant = (options: Intl.DateTimeFormatOptions) => {
    const ofInstant = moment(options)
    const ofDay = moment(options, 'UTC')
    return (given: string) => (given.length === 10 ? ofDay : ofInstant).format(new Date(given))
  }
  const quantities = [0, 1, 2, 3].map((digits) => number({ maximumFractionDigits: digits }))
  const changes = [0, 1, 2, 3].map((digits) => number({ maximumFractionDigits: digits, signDisplay: 'exceptZero' }))
  const scaled =
    (formats: Intl.NumberFormat[]) =>
    (quantity: number, decimals = 0) =>
      proper((formats[decimals] ?? plain).format(quantity / 10 ** decimals))

  const plain = number({ maximumFractionDigits: 3 })
  const money = number({ style: 'currency', currency, currencyDisplay: 'code' })
  const minorUnits = money.resolvedOptions().maximumFractionDigits ?? 2
  const amount = number({ minimumFractionDigits: minorUnits, maximumFractionDigits: minorUnits })
  const short = number({ notation: 'compact', maximumFractionDigits: 1 })
  const sign = signs[currency] ?? currency
  const percent = number({ style: 'percent', maximumFractionDigits: 1 })
  const percentChange = number({ style: 'percent', maximumFractionDigits: 0, signDisplay: 'exceptZero' })
  const date = dayOrInstant({ dateStyle: 'medium' })
  const range = moment({ dateStyle: 'medium' }, 'UTC')
  const weekday = dayOrInstant({ weekday: 'short' })
  const month = dayOrInstant({ month: 'long', year: 'numeric' })
  const monthShort = dayOrInstant({ month: 'short', year: '2-digit' })
  const dateTime = moment({ dateStyle: 'medium', timeStyle: 'short' })
  const time = moment({ timeStyle: 'short' })

  return {
    locale,
    currency,
    currencySign: sign,
    timeZone,
    minorUnits,
    money: (minor) =>
      proper(
        money
          .formatToParts(minor / 10 ** minorUnits)
          .map(({ type, value }) => (type === 'currency' ? sign : value))
          .join(''),
      ),
    amount: (minor) => proper(amount.format(minor / 10 ** minorUnits)),
    amountShort: (minor) => proper(short.format(minor / 10 ** minorUnits)),
    number: (value) => proper(plain.format(value)),
    quantity: scaled(quantities),
    change: scaled(changes),
    percent: (fraction) => proper(percent.format(fraction)),
    percentChange: (fraction) => proper(percentChange.format(fraction)),
    taxRate: (basisPoints) => proper(percent.format(basisPoints / 10_000)),
    date,
    dayShort: dayOrInstant({ day: '2-digit', month: '2-digit' }),
    dayLong: dayOrInstant({ weekday: 'long', day: 'numeric', month: 'long' }),
    weekday,
    month: (given) => month(`${given}-01`),
    monthShort: (given) => monthShort(`${given}-01`),
    days: (from, to) => range.formatRange(new Date(from), new Date(to)),
    dateTime: (instant) => dateTime.format(new Date(instant)),
    time: (instant) => time.format(new Date(instant)),
  }
}

/** The minus sign proper: as wide as the plus, so that columns align. */
const proper = (written: string): string => written.replace('-', '−')
