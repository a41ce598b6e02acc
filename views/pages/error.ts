// What could not be done, and where to go from here.
import { linkButton } from '../components/button.ts'
import { emptyState } from '../components/card.ts'
import { type Html, html } from '../html.ts'
import type { Reader } from '../reader.ts'

export const errorContent = (
  { t }: Reader,
  { title, requestId }: { readonly title: string; readonly requestId: string },
): Html =>
  emptyState(
    title,
    html`<small>${t('errors.reference', { id: requestId })}</small>`,
    linkButton('/', { label: t('errors.home'), look: 'primary' }),
  )
