// What people type into fields, read with zod: text, amounts, quantities, days. The messages are keys of the locales.
import { z } from 'zod'
import { parseAmount } from '../../../views/amount.ts'
import type { PlainKey } from '../../../views/locales/index.ts'
import { shortestPassword } from '../../auth/passwords.ts'
import { isNuit, plainNuit } from '../../domain/nuit.ts'
import { maxAmount, maxQuantity } from '../../domain/values.ts'

/** Text that must be there; without the spaces around it. */
export const typedText = (max = 200) => z.string().trim().min(1).max(max)

/** Text that may be left out: then ''. */
export const typedNote = (max = 2000) => z.string().trim().max(max).default('')

/** Text that may be left out: then null. */
export const typedOptional = (max = 200) =>
  typedNote(max).transform((text): string | null => (text === '' ? null : text))

interface Bounds {
  readonly decimals: number
  readonly min: number
  readonly max: number
}

const figure = (text: string, { decimals, min, max }: Bounds, refuse: (message: PlainKey) => void): number => {
  const value = parseAmount(text, decimals)
  if (value === undefined) refuse('errors.invalid-number')
  else if (value < min || value > max) refuse('errors.out-of-range')
  return value ?? 0
}

const typedFigure = (bounds: Bounds) =>
  z
    .string()
    .trim()
    .min(1)
    .transform((text, { addIssue }) => figure(text, bounds, addIssue))

const optionalFigure = (bounds: Bounds) =>
  typedNote().transform((text, { addIssue }): number | null => (text === '' ? null : figure(text, bounds, addIssue)))

const amounts = (decimals: number): Bounds => ({ decimals, min: 0, max: maxAmount })
const quantities = (decimals: number, min: number): Bounds => ({ decimals, min, max: maxQuantity })

/** An amount of money, in the minor unit, of a currency with so many decimals. */
export const typedAmount = (decimals = 2) => typedFigure(amounts(decimals))
/** The same, or null when nothing was typed. */
export const optionalAmount = (decimals = 2) => optionalFigure(amounts(decimals))

/** A quantity of at least `min` (1 unless told otherwise), in the smallest unit. */
export const typedQuantity = (decimals: number, min = 1) => typedFigure(quantities(decimals, min))
/** The same, or null when nothing was typed. */
export const optionalQuantity = (decimals: number, min = 1) => optionalFigure(quantities(decimals, min))

/** A day of the calendar, YYYY-MM-DD, or null when nothing was typed. */
export const optionalDay = () =>
  typedNote().transform((text, { addIssue }): string | null => {
    if (text === '') return null
    if (!z.iso.date().safeParse(text).success) addIssue('errors.invalid-date' satisfies PlainKey)
    return text
  })

/** An e-mail address. */
export const typedEmail = () =>
  typedText().transform((text, { addIssue }): string => {
    if (!z.email().safeParse(text).success) addIssue('errors.invalid-email' satisfies PlainKey)
    return text
  })
/** The same, or null when nothing was typed. */
export const optionalEmail = () =>
  typedOptional().transform((text, { addIssue }): string | null => {
    if (text !== null && !z.email().safeParse(text).success) addIssue('errors.invalid-email' satisfies PlainKey)
    return text
  })

/** A tax number without the spaces that people write into it, or null when nothing was typed. */
export const optionalNuit = () =>
  typedOptional(40).transform((text, { addIssue }): string | null => {
    const nuit = text === null ? null : plainNuit(text)
    if (nuit !== null && !isNuit(nuit)) addIssue('customers.nuit-invalid' satisfies PlainKey)
    return nuit
  })

const isLongEnough = (password: string): boolean => password.length >= shortestPassword
const tooShort = 'people.password-too-short' satisfies PlainKey

/** A password that is chosen; the spaces in it count. */
export const typedNewPassword = z.string().min(1).max(200).refine(isLongEnough, tooShort)
/** The same, or null when nothing was typed. */
export const optionalNewPassword = z
  .string()
  .max(200)
  .default('')
  .transform((password): string | null => (password === '' ? null : password))
  .refine((password) => password === null || isLongEnough(password), tooShort)
