// The word that is typed before an erasure.
import type { FormState } from '../../../views/components/field.ts'
import type { Reader } from '../../../views/reader.ts'
import type { Typed } from './form.ts'

/** The form again when the word is not the one that was asked for; undefined when it is. */
export function wrongWord({ t }: Reader, typed: Typed): FormState | undefined {
  const word = t('common.erase-word')
  if (typed.word?.trim().toLowerCase() === word) return undefined
  return { values: typed, errors: { word: t('common.erase-wrong', { word }) } }
}
