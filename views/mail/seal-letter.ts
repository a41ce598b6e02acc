// The letter to a witness outside, who keeps the seals of the log.
import type { Reader } from '../reader.ts'
import type { Letter } from './letter.ts'

export interface SealLetter {
  readonly company: string
  readonly size: number
  readonly root: string
  readonly keyId: string
  readonly publicKey: string
  readonly at: string
}

export const sealLetter = (
  { t, format }: Reader,
  { company, size, root, keyId, publicKey, at }: SealLetter,
): Letter => {
  const count = format.number(size)
  return {
    subject: t('letter.seal.subject', { company, count }),
    preview: t('letter.seal.text', { company }),
    title: t('letter.seal.title'),
    blocks: [
      { kind: 'text', text: t('letter.seal.text', { company }) },
      {
        kind: 'table',
        columns: [{ label: t('letter.seal.what') }, { label: t('letter.seal.value') }],
        rows: [
          [t('letter.seal.at'), format.dateTime(at)],
          [t('letter.seal.size'), count],
          [t('letter.seal.root'), root],
          [t('letter.seal.key'), keyId],
          [t('letter.seal.public-key'), publicKey],
        ],
      },
      { kind: 'note', text: t('letter.seal.keep') },
    ],
  }
}
