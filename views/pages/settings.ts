// The settings: the company, its tax rates and locations; where other programs connect.
import type { Location } from '../../projections/locations.ts'
import type { Settings } from '../../projections/settings.ts'
import {
  badge,
  type Column,
  card,
  detailList,
  emptyState,
  linkButton,
  linkList,
  pageHead,
  status,
  submitButton,
  table,
} from '../components/index.ts'
import { type Html, html } from '../html.ts'
import type { Reader } from '../reader.ts'

export interface SettingsPage {
  readonly company: Settings
  readonly locations: readonly Location[]
  readonly mayWriteLocations: boolean
}

export const settingsContent = (reader: Reader, page: SettingsPage): Html => {
  const { t } = reader
  return html`${pageHead({ title: t('settings.title'), lead: t('settings.lead') })}
<div class="columns">
  ${card({
    title: t('settings.company'),
    link: { href: '/settings/company', label: t('settings.edit-company') },
    body: companyDetails(reader, page.company),
  })}
  <div class="stack">
    ${card({
      title: t('settings.tax-rates'),
      link: { href: '/settings/tax-rates', label: t('settings.edit-rates') },
      body: rates(reader, page.company),
    })}
    ${card({
      title: t('settings.api'),
      body: linkList([
        { href: '/api/docs', title: t('settings.api-docs'), note: t('settings.api-lead') },
        { href: '/api/openapi.json', title: t('settings.api-openapi') },
      ]),
    })}
  </div>
</div>
${card({
  title: t('settings.locations'),
  flush: true,
  actions:
    page.mayWriteLocations &&
    linkButton('/settings/locations/new', { label: t('settings.new-location'), icon: 'plus', size: 'small' }),
  body: locationsTable(reader, page),
})}`
}

const companyDetails = ({ t }: Reader, company: Settings): Html =>
  detailList([
    [t('settings.company-name'), company.name],
    [t('common.nuit'), company.nuit === null ? t('common.not-set') : html`<span class="code">${company.nuit}</span>`],
    [t('common.address'), company.address || t('common.not-set')],
    [t('common.phone'), company.phone ?? t('common.not-set')],
    [t('common.email'), company.email ?? t('common.not-set')],
    [t('settings.currency'), company.currency],
    [t('settings.time-zone'), company.timeZone],
  ])

const rates = ({ t, format }: Reader, { taxRates }: Settings): Html =>
  html`<ul class="rates">${taxRates.map(
    ({ name, rate }, at) =>
      html`<li class="sum"><span>${name} ${at === 0 && badge(t('settings.default-rate'))}</span><span class="amount">${format.taxRate(rate)}</span></li>`,
  )}</ul>`

const locationsTable = (reader: Reader, { locations, mayWriteLocations }: SettingsPage): Html => {
  const { t, format } = reader
  const columns: readonly Column<Location>[] = [
    { label: t('common.name'), primary: true, cell: ({ name }) => name },
    { label: t('settings.code'), cell: ({ code }) => html`<span class="code">${code}</span>` },
    { label: t('settings.kind'), cell: ({ kind }) => t(`settings.kind.${kind}`) },
    { label: t('settings.tills'), numeric: true, cell: ({ tills }) => format.number(tills) },
    { label: t('common.address'), kind: 'minor', cell: ({ address }) => address || '–' },
    {
      label: t('common.status'),
      cell: ({ open }) => (open ? status('good', t('settings.open')) : status('neutral', t('settings.closed'))),
    },
  ]
  const doing: Column<Location> = {
    label: t('common.actions'),
    kind: 'work',
    cell: (location) => location.open && locationButtons(reader, location),
  }
  return table(reader, {
    id: 'locations',
    caption: t('settings.locations'),
    columns: mayWriteLocations ? [...columns, doing] : columns,
    rows: locations,
    empty: emptyState(t('profile.workplace-none')),
  })
}

const locationButtons = ({ t }: Reader, { locationId, name }: Location): Html => {
  const path = `/settings/locations/${locationId}`
  const edit = {
    label: t('common.edit'),
    size: 'small',
    attrs: { 'aria-label': `${t('common.edit')}: ${name}` },
  } as const
  const close = {
    label: t('settings.close'),
    size: 'small',
    look: 'plain',
    attrs: { 'aria-label': `${t('settings.close-location')}: ${name}` },
  } as const
  return html`<div class="actions">${linkButton(`${path}/edit`, edit)}<form method="post" action="${path}/close" data-guarded data-confirm="${t('settings.close-confirm', { name })}">${submitButton(close)}</form></div>`
}
