// Projections and reactors: how far each has come, what stands still and why, and what can be done about it.
import type { ProjectionLag } from '../../src/monitoring/index.ts'
import type { ParkedEvent } from '../../src/subscribers/parked-events.ts'
import { type Column, card, emptyState, live, progress, status, submitButton, table } from '../components/index.ts'
import { attributes, type Html, html } from '../html.ts'
import type { Reader } from '../reader.ts'
import { systemHead } from './system-frame.ts'

export interface ProjectionLine extends ProjectionLag {
  /** Whether an administrator has asked that it stand still. */
  readonly held: boolean
  /** Positions a second since the page was last asked for; undefined the first time. */
  readonly rate: number | undefined
}

export interface ReactorLine {
  readonly name: string
  /** Undefined where another node has been the one to react. */
  readonly position: bigint | undefined
  /** Events that it could not react to. */
  readonly parked: number
}

export interface ProjectionsPage {
  readonly head: bigint
  readonly projections: readonly ProjectionLine[]
  readonly reactors: readonly ReactorLine[]
  readonly parked: readonly ParkedEvent[]
  readonly mayOperate: boolean
  readonly mayRebuild: boolean
}

export const projectionsContent = (reader: Reader, page: ProjectionsPage): Html => {
  const { t } = reader
  return html`${systemHead(reader, 'projections', t('system.projections.lead', { position: Number(page.head) }))}
<div${attributes({ class: 'stack', ...live({ id: 'now', href: '/system/projections', hears: [] }), 'hx-trigger': 'refresh, every 5s' })}>
${card({ title: t('system.parked'), flush: true, body: parkedTable(reader, page) })}
${card({ title: t('system.check.projections'), flush: true, body: projectionsTable(reader, page) })}
${card({ title: t('system.reactors'), flush: true, body: reactorsTable(reader, page) })}
</div>`
}

const stateOf = (
  { t, format }: Reader,
  { live, failure, behind, held, position }: ProjectionLine,
  head: bigint,
): Html => {
  if (held) return status('warning', t('system.projection.held'))
  if (failure !== undefined)
    return html`${status('danger', t('system.projection.stopped'))}<br><small>${failure}</small>`
  if (!live) {
    const done = {
      value: Math.max(0, Number(position)),
      max: Math.max(1, Number(head)),
      text: format.percent(head > 0n ? Math.max(0, Number(position) / Number(head)) : 1),
    }
    return progress(t('system.projection.building'), done)
  }
  return behind === 0n ? status('good', t('system.projection.current')) : status('info', t('system.projection.behind'))
}

const post = (action: string, label: string, name: string, confirm?: string): Html =>
  html`<form method="post" action="${action}" data-guarded${confirm !== undefined && html` data-confirm="${confirm}"`}>${submitButton({ label, look: 'plain', size: 'small', attrs: { 'aria-label': `${label}: ${name}` } })}</form>`

const projectionsTable = (reader: Reader, { projections, head, mayOperate, mayRebuild }: ProjectionsPage): Html => {
  const { t, format } = reader
  const columns: readonly Column<ProjectionLine>[] = [
    { label: t('system.projection'), primary: true, cell: ({ name }) => html`<span class="code">${name}</span>` },
    { label: t('system.check.state'), cell: (line) => stateOf(reader, line, head) },
    { label: t('system.projection.position'), numeric: true, cell: ({ position }) => format.number(Number(position)) },
    { label: t('system.projection.lag'), numeric: true, cell: ({ behind }) => format.number(Number(behind)) },
    {
      label: t('system.projection.rate'),
      numeric: true,
      kind: 'minor',
      cell: ({ rate }) => (rate === undefined ? '–' : format.number(Math.round(rate))),
    },
    {
      label: t('common.actions'),
      kind: 'work',
      cell: ({ name, held, live, failure }) =>
        live &&
        html`<div class="actions">${
          mayOperate &&
          (held || failure !== undefined
            ? post(`/system/projections/${name}/start`, t('system.projection.start'), name)
            : post(
                `/system/projections/${name}/stop`,
                t('system.projection.stop'),
                name,
                t('system.projection.stop-confirm', { name }),
              ))
        }${mayRebuild && post(`/system/projections/${name}/rebuild`, t('system.projection.rebuild'), name)}</div>`,
    },
  ]
  return table(reader, {
    id: 'projections',
    caption: t('system.check.projections'),
    columns,
    rows: projections,
    empty: emptyState('–'),
  })
}

const reactorState = ({ t }: Reader, { position, parked }: ReactorLine, head: bigint): Html => {
  if (parked > 0) return status('warning', t('system.reactor.parked', { count: parked }))
  if (position === undefined) return status('info', t('system.reactor.elsewhere'))
  return position >= head
    ? status('good', t('system.projection.current'))
    : status('info', t('system.projection.behind'))
}

const reactorsTable = (reader: Reader, { reactors, head }: ProjectionsPage): Html => {
  const { t, format } = reader
  const number = (value: bigint | undefined) => (value === undefined ? '–' : format.number(Number(value)))
  const columns: readonly Column<ReactorLine>[] = [
    { label: t('system.parked.reactor'), primary: true, cell: ({ name }) => html`<span class="code">${name}</span>` },
    { label: t('system.check.state'), cell: (line) => reactorState(reader, line, head) },
    { label: t('system.projection.position'), numeric: true, cell: ({ position }) => number(position) },
    {
      label: t('system.projection.lag'),
      numeric: true,
      cell: ({ position }) => number(position === undefined || position > head ? undefined : head - position),
    },
  ]
  return table(reader, {
    id: 'reactors',
    caption: t('system.reactors'),
    columns,
    rows: reactors,
    empty: emptyState('–'),
  })
}

const parkedTable = (reader: Reader, { parked, mayOperate }: ProjectionsPage): Html => {
  const { t, format } = reader
  const columns: readonly Column<ParkedEvent>[] = [
    {
      label: t('system.parked.event'),
      primary: true,
      cell: ({ type, stream, error }) => html`${type} <span class="code">${stream}</span><br><small>${error}</small>`,
    },
    { label: t('system.parked.reactor'), cell: ({ reactor }) => html`<span class="code">${reactor}</span>` },
    { label: t('system.alerts.since'), cell: ({ parkedAt }) => format.dateTime(parkedAt) },
    { label: t('system.parked.attempts'), numeric: true, cell: ({ attempts }) => format.number(attempts) },
    {
      label: t('common.actions'),
      kind: 'work',
      cell: ({ reactor, eventId, type }) =>
        mayOperate &&
        html`<div class="actions">${post(`/system/parked/${reactor}/${eventId}/replay`, t('system.parked.replay'), type)}${post(`/system/parked/${reactor}/${eventId}/discard`, t('system.parked.discard'), type, t('system.parked.discard-confirm'))}</div>`,
    },
  ]
  return table(reader, {
    id: 'parked',
    caption: t('system.parked'),
    columns,
    rows: parked,
    empty: emptyState(t('system.parked.none')),
  })
}
