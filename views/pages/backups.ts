// Backups: what there is, how sound it is, what is being done; and the page that asks before a restore.
import type { Backup } from '../../projections/backups.ts'
import type { Restore } from '../../projections/restores.ts'
import type { Plan, Underway } from '../../src/backup/index.ts'
import {
  type Column,
  card,
  emptyState,
  type FormState,
  form,
  hidden,
  input,
  linkButton,
  live,
  notice,
  pageHead,
  status,
  submitButton,
  type Tone,
  table,
} from '../components/index.ts'
import { attributes, type Html, html } from '../html.ts'
import { catalogue, type PlainKey } from '../locales/index.ts'
import type { Reader } from '../reader.ts'
import { written } from '../units.ts'

export interface BackupsPage {
  readonly backups: readonly Backup[]
  readonly restores: readonly Restore[]
  /** What is being done now. */
  readonly underway: Underway | undefined
  readonly formKey: string
}

const tones = {
  running: 'info',
  verified: 'good',
  failed: 'danger',
  prepared: 'warning',
  restored: 'good',
} as const satisfies Record<string, Tone>

export const backupsContent = (reader: Reader, page: BackupsPage): Html => {
  const { t } = reader
  const isBusy = page.underway !== undefined || page.backups.some((backup) => backup.status === 'running')
  const make = html`<form method="post" action="/system/backups" data-guarded>${hidden('formKey', page.formKey)}${submitButton({ label: t('backups.make'), icon: 'plus' })}</form>`
  return html`${pageHead({ title: t('backups.title'), lead: t('backups.lead'), back: { href: '/system', label: t('nav.system') }, actions: make })}
<div${attributes({ class: 'stack', ...live({ id: 'backups-now', href: '/system/backups', hears: [] }), 'hx-trigger': isBusy ? 'every 1s' : 'every 15s' })}>
  <div role="status">${page.underway && notice('info', underwayText(reader, page.underway))}</div>
  ${card({ flush: true, body: backupsTable(reader, page.backups) })}
  ${card({ title: t('backups.history'), flush: true, body: restoresTable(reader, page.restores) })}
</div>`
}

const underwayText = ({ t, format }: Reader, { phase, events }: Underway): string =>
  t(`backups.phase.${phase}`, { events: format.number(events) })

const isPlainKey = (key: string): key is PlainKey => Object.hasOwn(catalogue, key)

/** Why something failed, in words where there are any. */
const failureText = ({ t }: Reader, { code, detail }: { readonly code: string; readonly detail: string }): string => {
  const key = `problem.${code}`
  return isPlainKey(key) ? t(key) : detail
}

const backupState = (reader: Reader, { status: state, failure, gone }: Backup): Html => {
  const { t } = reader
  if (gone) return status('neutral', t('backups.state.removed'))
  return html`${status(tones[state], t(`backups.state.${state}`))}${failure && html`<br /><small>${failureText(reader, failure)}</small>`}`
}

const secondsBetween = (from: string, to: string | null): number | undefined =>
  to === null ? undefined : Date.parse(to) - Date.parse(from)

const backupsTable = (reader: Reader, backups: readonly Backup[]): Html => {
  const { t, format } = reader
  const columns: readonly Column<Backup>[] = [
    { label: t('backups.created'), primary: true, cell: ({ createdAt }) => format.dateTime(createdAt) },
    { label: t('backups.kind'), cell: ({ kind }) => t(`backups.kind.${kind}`) },
    { label: t('backups.state'), cell: (backup) => backupState(reader, backup) },
    {
      label: t('backups.events'),
      numeric: true,
      cell: ({ events }) => (events === null ? '–' : format.number(events)),
    },
    { label: t('backups.size'), numeric: true, cell: ({ bytes }) => written(format, bytes ?? undefined, 'By') },
    {
      label: t('backups.duration'),
      numeric: true,
      kind: 'minor',
      cell: ({ createdAt, finishedAt }) => written(format, secondsBetween(createdAt, finishedAt), 'ms'),
    },
    {
      label: t('backups.verified'),
      kind: 'minor',
      cell: ({ verifiedAt }) => (verifiedAt === null ? '–' : format.dateTime(verifiedAt)),
    },
    { label: t('common.actions'), kind: 'work', cell: (backup) => backup.present && backupActions(reader, backup) },
  ]
  const empty = emptyState(t('backups.none'), t('backups.none-note'))
  return table(reader, { id: 'backups', caption: t('backups.title'), columns, rows: backups, empty })
}

const backupActions = ({ t, format }: Reader, { backupId, createdAt, status: state }: Backup): Html => {
  const date = format.dateTime(createdAt)
  const at = `/system/backups/${backupId}`
  const small = { look: 'plain', size: 'small' } as const
  const named = (label: string) => ({ attrs: { 'aria-label': label } })
  return html`<div class="actions">
  ${state === 'verified' && linkButton(`${at}/restore`, { label: t('backups.restore'), ...small, ...named(t('backups.restore-of', { date })) })}
  <form method="post" action="${at}/verify" data-guarded>${submitButton({ label: t('backups.verify'), ...small, ...named(t('backups.verify-of', { date })) })}</form>
  ${linkButton(`${at}/download`, { label: t('backups.download'), ...small, ...named(t('backups.download-of', { date })) })}
  <form method="post" action="${at}/remove" data-guarded data-confirm="${t('backups.remove-sure')}">${submitButton({ label: t('backups.remove'), ...small, ...named(t('backups.remove-of', { date })) })}</form>
</div>`
}

const restoreState = (reader: Reader, { status: state, failure, settings }: Restore): Html => {
  const { t } = reader
  return html`${status(tones[state], t(`backups.restore.state.${state}`))}${failure && html`<br /><small>${failureText(reader, failure)}</small>`}
${settings.length > 0 && html`<br /><small>${t('backups.restore.set')}</small>`}
${settings.map(({ name, value }) => html`<br /><code>${name}=${value}</code>`)}`
}

const restoresTable = (reader: Reader, restores: readonly Restore[]): Html => {
  const { t, format } = reader
  const columns: readonly Column<Restore>[] = [
    { label: t('backups.created'), primary: true, cell: ({ startedAt }) => format.dateTime(startedAt) },
    {
      label: t('backups.state'),
      cell: (restore) => restoreState(reader, restore),
    },
    { label: t('backups.restore.up-to'), numeric: true, cell: ({ toPosition }) => toPosition ?? '–' },
    {
      label: t('common.actions'),
      kind: 'work',
      cell: ({ restoreId, replaced }) =>
        replaced !== null &&
        html`<form method="post" action="/system/restores/${restoreId}/remove-replaced" data-guarded data-confirm="${t('backups.replaced.sure')}">${submitButton({ label: t('backups.replaced.remove'), look: 'plain', size: 'small' })}</form>`,
    },
  ]
  const empty = emptyState(t('backups.history.none'))
  return table(reader, { id: 'restores', caption: t('backups.history'), columns, rows: restores, empty })
}

export const restoreContent = (
  reader: Reader,
  { plan, state }: { readonly plan: Plan; readonly state: FormState },
): Html => {
  const { t, format } = reader
  const word = t('backups.restore.word')
  const head = pageHead({
    title: t('backups.restore.title'),
    back: { href: '/system/backups', label: t('backups.title') },
  })
  if (plan.obstacle !== null)
    return html`<div class="narrow stack">${head}${notice('danger', failureText(reader, { code: plan.obstacle, detail: plan.obstacle }))}</div>`
  const date = format.dateTime(plan.createdAt)
  const consequences = [
    t(`backups.restore.taken.${plan.way}`, { date }),
    t(`backups.restore.kept.${plan.way}`),
    t('backups.restore.erased', { count: plan.erased }),
    t(`backups.restore.pause.${plan.way}`),
  ]
  const plain = { autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false' }
  return html`<div class="narrow stack">
${head}
${notice('warning', t('backups.restore.what'), html`<ul>${consequences.map((text) => html`<li>${text}</li>`)}</ul>`)}
${form(reader, {
  action: `/system/backups/${plan.backupId}/restore`,
  state,
  body: html`${hidden('formKey', state.values?.formKey ?? '')}
    ${input(reader, state, { name: 'to', label: t('backups.restore.until'), hint: t('backups.restore.until-hint'), attrs: plain })}
    ${input(reader, state, { name: 'word', label: t('backups.restore.type', { word }), required: true, width: 'short', attrs: plain })}`,
  actions: html`${submitButton({ label: t('backups.restore'), look: 'danger' })}${linkButton('/system/backups', { label: t('common.cancel') })}`,
})}
</div>`
}
