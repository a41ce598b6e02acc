// Forms as they come back: what was typed, as text; its problems beside the fields; each form done once, however often it is sent.
import type { z } from 'zod'
import type { FormState } from '../../../views/components/field.ts'
import { catalogue, type PlainKey } from '../../../views/locales/index.ts'
import type { Reader } from '../../../views/reader.ts'
import type { Context as CommandContext, Outcome } from '../../commands/handling.ts'
import type { Rejection } from '../../kernel/decider.ts'
import type { System } from '../../system.ts'
import { tellDone } from '../consistency.ts'
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

/** Does what a button asks for, once however often it is pressed. @throws ProblemError when the command is rejected */
export async function pressed(
  c: AppContext,
  command: (system: System, id: string, context: CommandContext) => Promise<Outcome<unknown>>,
  id: string,
): Promise<void> {
  const outcome = await command(c.get('system'), id, formContext(c, await typedIn(c)))
  tellDone(c, outcome)
}

const isPlainKey = (key: string): key is PlainKey => Object.hasOwn(catalogue, key)

const problemText = ({ t }: Reader, typed: Typed, issue: z.core.$ZodIssue): string => {
  if (!typed[issue.path.join('.')]?.trim()) return t('errors.required')
  if (issue.code === 'too_big' && issue.origin === 'string') return t('errors.too-long', { max: Number(issue.maximum) })
  return isPlainKey(issue.message) ? t(issue.message) : t('errors.invalid')
}

/** The form again with what was typed, but passwords, and what is wrong with it, by field; `form`: with the whole. */
export const shownAgain = (typed: Typed, errors: Readonly<Record<string, string>>): FormState => ({
  values: Object.fromEntries(Object.entries(typed).filter(([name]) => !/password/i.test(name))),
  errors,
})

/** The form with the first problem of each field. */
export function withIssues(reader: Reader, typed: Typed, { issues }: z.ZodError): FormState {
  const errors: Record<string, string> = {}
  for (const issue of issues) errors[issue.path.join('.') || 'form'] ??= problemText(reader, typed, issue)
  return shownAgain(typed, errors)
}

/** The form with why the business refuses it: beside a field, else over the whole. */
export const withRejection = ({ locale }: Reader, typed: Typed, { code }: Rejection, field = 'form'): FormState =>
  shownAgain(typed, { [field]: explain(locale, code) })
