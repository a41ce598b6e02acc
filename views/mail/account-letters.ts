// The letters about a person's own account.
import type { Reader } from '../reader.ts'
import type { Letter } from './letter.ts'

export interface AccountLetter {
  readonly company: string
  readonly name: string
  readonly email: string
  /** Where the password is chosen. */
  readonly href: string
}

export const welcomeLetter = ({ t }: Reader, { company, name, email, href }: AccountLetter): Letter => ({
  subject: t('letter.welcome.subject', { company }),
  preview: t('letter.welcome.text', { email }),
  title: t('letter.welcome.title', { company }),
  blocks: [
    { kind: 'text', text: t('letter.hello', { name }) },
    { kind: 'text', text: t('letter.welcome.text', { email }) },
    { kind: 'button', label: t('letter.welcome.button'), href },
    { kind: 'note', text: t('letter.welcome.note') },
  ],
})

export const resetLetter = ({ t }: Reader, { name, href }: AccountLetter): Letter => ({
  subject: t('letter.reset.subject'),
  preview: t('letter.reset.text'),
  title: t('letter.reset.subject'),
  blocks: [
    { kind: 'text', text: t('letter.hello', { name }) },
    { kind: 'text', text: t('letter.reset.text') },
    { kind: 'button', label: t('letter.reset.button'), href },
    { kind: 'note', text: t('letter.reset.note') },
  ],
})
