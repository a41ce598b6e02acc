// The settings: the company, its tax rates and locations; how the system is; where other programs connect.
import type { Alert } from '../../projections/alerts.ts'
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
  notice,
  pageHead,
  status,
  submitButton,
  table,
} from '../components/index.ts'
import { type Html, html } from '../html.ts'
import type { Reader } from '../reader.ts'

/** How far one read model has come. */
export interface ProjectionState {
  readonly name: string
  readonly version: number
  readonly position: bigint
  /** How many positions of the log it has still to fold. */
  readonly lag: bigint
  /** Whether it answers the queries; another is built beside it. */
  readonly live: boolean
  readonly failure: string | undefined
}

export interface SettingsPage {
  readonly company: Settings
  readonly locations: readonly Location[]
  readonly mayWriteLocations: boolean
  /** Undefined for readers who do not watch over the system. */
  readonly system:
    | { readonly alerts: readonly Alert[]; readonly projections: readonly ProjectionState[]; readonly head: bigint }
    | undefined
}

export const settingsContent = (reader: Reader, page: SettingsPage): Html => {
  const { t } = reader
  const { system } = page
  return html`${pageHead({ title: t('settings.title'), lead: t('settings.lead') })}
${system && system.alerts.length > 0 && alertsNotice(reader, system.alerts)}
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
})}
${system && card({ title: t('settings.projections'), flush: true, body: projectionsPart(reader, system.projections, system.head) })}`
}

const alertsNotice = ({ t, format }: Reader, alerts: readonly Alert[]): Html =>
  notice(
    'danger',
    t('settings.alerts'),
    html`<ul>${alerts.map(
      ({ kind, subject, detail, raisedAt }) =>
        html`<li><strong>${t(`alert.${kind}`)}: ${subject}</strong> · ${format.dateTime(raisedAt)}<br />${detail}</li>`,
    )}</ul>`,
  )

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

const standing = ({ t }: Reader, { failure, live, lag }: ProjectionState): Html => {
  if (failure !== undefined) return status('danger', t('settings.projection-stopped'))
  if (!live) return status('info', t('settings.projection-building'))
  return lag === 0n ? status('good', t('settings.projection-current')) : status('info', t('settings.projection-behind'))
}

const projectionsPart = (reader: Reader, all: readonly ProjectionState[], head: bigint): Html => {
  const { t, format } = reader
  const columns: readonly Column<ProjectionState>[] = [
    {
      label: t('settings.projection'),
      primary: true,
      cell: ({ name, failure }) =>
        html`<span class="code">${name}</span>${failure !== undefined && html`<br /><small>${failure}</small>`}`,
    },
    { label: t('settings.version'), numeric: true, kind: 'minor', cell: ({ version }) => version },
    { label: t('settings.checkpoint'), numeric: true, cell: ({ position }) => format.number(Number(position)) },
    { label: t('settings.lag'), numeric: true, cell: ({ lag }) => format.number(Number(lag)) },
    { label: t('common.status'), cell: (projection) => standing(reader, projection) },
  ]
  const troubled = all.filter(({ failure, lag, live }) => failure !== undefined || lag > 0n || !live)
  const whole = table(reader, {
    id: 'projections',
    caption: t('settings.projections'),
    columns,
    rows: all,
    empty: emptyState(t('common.none')),
  })
  return html`<div class="card-text"><p class="soft">${t('settings.projections-lead')}</p>
  <p class="standing">${troubled.length === 0 ? status('good', t('settings.all-current')) : status('warning', t('settings.some-behind', { count: troubled.length }))} <span class="soft">${t('settings.head', { position: Number(head) })}</span></p></div>
<details class="card-details"${troubled.some(({ failure }) => failure !== undefined) && html` open`}><summary>${t('settings.projections-each', { count: all.length })}</summary>${whole}</details>`
}
