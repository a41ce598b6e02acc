// Forms as they come back: what was typed, as text; its problems beside the fields; each form done once, however often it is sent.
import type { z } from 'zod'
import type { FormState } from '../../../views/components/field.ts'
import { catalogue, type PlainKey } from '../../../views/locales/index.ts'
import type { Reader } from '../../../views/reader.ts'
import type { Context as CommandContext } from '../../commands/handling.ts'
import type { Rejection } from '../../kernel/decider.ts'
import { type AppContext, commandContext } from '../environment.ts'
import { explain } from '../problems.ts'

/** What a person typed, by field. */
export type Typed = Readonly<Record<string, string>>

/** The hidden field that names one rendering of a form. */
export const formKey = 'formKey'

/** The text fields of a form; files are left out. */
export async function typedIn(c: AppContext): Promise<Typed> {
  const fields = Object.entries(await c.req.parseBody())
  return Object.fromEntries(fields.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])))
}

/** The state of a form that is shown for the first time, or again after it was done: with a key of its own. */
export const freshForm = (c: AppContext, values: Typed = {}): FormState => ({
  values: { [formKey]: c.get('system').newId(), ...values },
})

/**
 * The context of a command that a form asks for: the same form with the same content again is the same command. What was changed after a
 * step back in the browser is a new one. `part` tells several commands of one form apart.
 */
export function formContext(c: AppContext, typed: Typed, part = ''): CommandContext {
  const context = commandContext(c)
  const key = typed[formKey]
  if (!key) return context
  const content = `${c.req.method} ${c.req.path} ${JSON.stringify(typed)}`
  return { ...context, request: { key: `${context.actor} form ${key} ${part} ${content}`, content } }
}

const isPlainKey = (key: string): key is PlainKey => Object.hasOwn(catalogue, key)

const problemText = ({ t }: Reader, issue: z.core.$ZodIssue): string => {
  if (issue.code === 'too_big' && issue.origin === 'string') return t('errors.too-long', { max: Number(issue.maximum) })
  if ((issue.code === 'too_small' && issue.origin === 'string') || issue.code === 'invalid_type')
    return t('errors.required')
  return isPlainKey(issue.message) ? t(issue.message) : t('errors.invalid')
}

/** The form with what was typed and what is wrong with it: the first problem of each field. */
export function withIssues(reader: Reader, typed: Typed, { issues }: z.ZodError): FormState {
  const errors: Record<string, string> = {}
  for (const issue of issues) errors[issue.path.join('.') || 'form'] ??= problemText(reader, issue)
  return { values: typed, errors }
}

/** The form with what was typed and why the business refuses it: beside the field that `fieldOf` names, else over the whole. */
export const withRejection = ({ locale }: Reader, typed: Typed, { code }: Rejection, field = 'form'): FormState => ({
  values: typed,
  errors: { [field]: explain(locale, code) },
})
