// How a measured value is written with its unit, as short as it can be read.
import type { Format } from './format.ts'

const rounded = (value: number): number => (Math.abs(value) >= 100 ? Math.round(value) : Math.round(value * 10) / 10)

const milliseconds = (format: Format, value: number): string => {
  if (value < 1_000) return `${format.number(rounded(value))} ms`
  if (value < 120_000) return `${format.number(rounded(value / 1_000))} s`
  return value < 7_200_000
    ? `${format.number(rounded(value / 60_000))} min`
    : `${format.number(rounded(value / 3_600_000))} h`
}

const bytes = (format: Format, value: number): string => {
  if (value < 2 ** 20) return `${format.number(rounded(value / 2 ** 10))} kB`
  return value < 2 ** 30
    ? `${format.number(rounded(value / 2 ** 20))} MB`
    : `${format.number(rounded(value / 2 ** 30))} GB`
}

/** `unit` is of the UCUM: `ms`, `By`, `1` (a share); anything else is a number of things. A dash for what is not known. */
export const written = (format: Format, value: number | undefined, unit: string): string => {
  if (value === undefined) return '–'
  if (unit === 'ms') return milliseconds(format, value)
  if (unit === 'By') return bytes(format, value)
  return unit === '1' ? format.percent(value) : format.number(rounded(value))
}
