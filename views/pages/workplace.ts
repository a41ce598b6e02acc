// Where one works now: the open locations, one press each.
import type { Location } from '../../projections/locations.ts'
import { emptyState, hidden, pageHead, status, submitButton } from '../components/index.ts'
import { type Html, html } from '../html.ts'
import type { Reader } from '../reader.ts'

export interface WorkplacePage {
  readonly locations: readonly Location[]
  readonly now: string | undefined
  /** The local address to go back to. */
  readonly next: string
}

export const workplaceContent = (reader: Reader, { locations, now, next }: WorkplacePage): Html => {
  const { t } = reader
  if (locations.length === 0) return emptyState(t('profile.workplace-none'))
  const choice = ({ locationId, name, kind, address }: Location) => html`<li>
    <span class="link-main"><strong>${name}</strong><small>${t(`settings.kind.${kind}`)}${address !== '' && html` · ${address}`}</small></span>
    ${
      locationId === now
        ? status('good', t('profile.workplace-now'))
        : html`<form method="post" action="/workplace">${hidden('location', locationId)}${hidden('next', next)}${submitButton({ label: t('profile.workplace-choose'), look: 'plain', attrs: { 'aria-label': `${t('profile.workplace-choose')}: ${name}` } })}</form>`
    }
  </li>`
  return html`<div class="narrow stack">
${pageHead({ title: t('profile.workplace'), lead: t('profile.workplace-lead') })}
<ul class="card choice-list">${locations.map(choice)}</ul>
</div>`
}
