// From what zod found in a form to what the form shows again: the typed values, and an error beside each field.
import type { z } from 'zod'
import type { FormState } from '../../../views/components/field.ts'
import type { Reader } from '../../../views/reader.ts'

/** What a browser sent, texts only; files are left out. */
export const typedTexts = (body: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(body).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  )

/** The form again, with a sentence for each field that is wrong. Passwords are never sent back. */
export function stateOf({ t }: Reader, typed: Readonly<Record<string, string>>, error: z.ZodError): FormState {
  const errors: Record<string, string> = {}
  for (const { path, code, message } of error.issues) {
    const field = path.join('.') || 'form'
    errors[field] ??= code === 'custom' ? message : t(typed[field]?.trim() ? 'errors.invalid' : 'errors.required')
  }
  const values = Object.fromEntries(Object.entries(typed).filter(([name]) => !/password/i.test(name)))
  return { values, errors }
}
