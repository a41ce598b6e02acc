// Mozambique's tax number, the NUIT: nine digits, the last of which checks the others.
import { type Rejection, reject } from '../kernel/decider.ts'

/**
 * The number without the spaces, dots and dashes that people write into it.
 * Example: `400 005 834` is `400005834`.
 */
export const plainNuit = (text: string): string => text.replace(/[\s.-]/g, '')

/**
 * Whether a plain number is a NUIT. The tax authority says that the first digit tells the kind of taxpayer, seven are a sequence and the last
 * one checks them, but not how; docs/fiscal.md says where the rule comes from: weights 2 to 7 from the right, repeated, modulo 11.
 */
export function isNuit(nuit: string): boolean {
  if (!/^[1-9]\d{8}$/.test(nuit)) return false
  const digits = [...nuit].map(Number)
  const check = digits.pop()
  const sum = digits.reverse().reduce((sum, digit, place) => sum + digit * (2 + (place % 6)), 0)
  const expected = (11 - (sum % 11)) % 11
  return check === (expected === 10 ? 1 : expected)
}

/** The details with their tax number, if they have one, as it is kept; `invalid-nuit` { nuit } when it is none. */
export function withPlainNuit<Details extends { readonly nuit: string | null }>(details: Details): Details | Rejection {
  if (details.nuit === null) return details
  const nuit = plainNuit(details.nuit)
  return isNuit(nuit) ? { ...details, nuit } : reject('invalid-nuit', { nuit: details.nuit })
}
