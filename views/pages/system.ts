// The system monitor: is all well, and if not, why not.
import type { Alert } from '../../projections/alerts.ts'
import type { CheckResult, Figures, HealthReport, KnownNode, SlowRoute } from '../../src/monitoring/index.ts'
import {
  type Column,
  card,
  emptyState,
  figureTile,
  linkButton,
  live,
  status,
  table,
  tiles,
} from '../components/index.ts'
import { attributes, type Html, html } from '../html.ts'
import type { Reader } from '../reader.ts'
import { written } from '../units.ts'
import { alertsTable } from './system-alerts.ts'
import { chartRow, type Series } from './system-charts.ts'
import { light, systemHead, wordFor } from './system-frame.ts'

export interface SystemMonitor {
  readonly health: HealthReport
  readonly figures: Figures
  readonly slowest: readonly SlowRoute[]
  readonly charts: readonly Series[]
  readonly alerts: readonly Alert[]
  readonly nodes: readonly (KnownNode & { readonly present: boolean })[]
  /** Shares of the last day, week, month and quarter; undefined before anything is known. */
  readonly availability: readonly (number | undefined)[]
  readonly mayBackUp: boolean
}

export const systemContent = (reader: Reader, monitor: SystemMonitor): Html => {
  const { t } = reader
  const mine = { mayOperate: false, names: new Map<string, string>() }
  const refreshing = {
    ...live({ id: 'now', href: '/system', hears: ['system-update'] }),
    'hx-trigger': 'refresh, every 10s',
  }
  return html`${systemHead(reader, 'overview', t('system.lead'), monitor.mayBackUp && linkButton('/system/backups', { label: t('backups.title') }))}
<div${attributes({ class: 'stack', ...refreshing })}>
  <p class="system-status" role="status">${light(reader, monitor.health.status)}</p>
  ${monitor.alerts.length > 0 && card({ title: t('system.alerts.open'), link: { href: '/system/alerts', label: t('common.see-all') }, flush: true, body: alertsTable(reader, 'open-alerts', monitor.alerts, mine) })}
  ${figureTiles(reader, monitor.figures)}
  ${availabilityTiles(reader, monitor.availability)}
  ${chartRow(reader, monitor.charts)}
  ${card({ title: t('system.health'), body: healthTable(reader, monitor.health), flush: true })}
  ${card({ title: t('system.slowest-routes'), body: routesTable(reader, monitor.slowest), flush: true })}
  ${card({ title: t('system.nodes'), body: nodesTable(reader, monitor.nodes), flush: true })}
</div>`
}

const spans = ['day', 'week', 'month', 'quarter'] as const

const availabilityTiles = (reader: Reader, shares: readonly (number | undefined)[]): Html =>
  tiles(
    ...spans.map((span, at) => {
      const share = shares[at]
      return figureTile({
        id: `availability-${span}`,
        label: reader.t(`system.availability.${span}`),
        value: share === undefined ? '–' : `${reader.format.number(Math.floor(share * 100_000) / 1_000)}%`,
      })
    }),
  )

const nodesTable = (reader: Reader, nodes: SystemMonitor['nodes']): Html => {
  const { t, format } = reader
  const columns: readonly Column<SystemMonitor['nodes'][number]>[] = [
    { label: t('system.node'), primary: true, cell: ({ node }) => html`<span class="code">${node}</span>` },
    {
      label: t('system.check.state'),
      cell: ({ present, status: state }) => (present ? light(reader, state) : status('neutral', t('system.node.gone'))),
    },
    { label: t('system.node.version'), kind: 'minor', cell: ({ version }) => version },
    { label: t('system.node.since'), cell: ({ startedAt }) => format.dateTime(startedAt) },
    { label: t('system.node.seen'), cell: ({ seenAt }) => format.dateTime(seenAt) },
  ]
  return table(reader, {
    id: 'nodes',
    caption: t('system.nodes'),
    columns,
    rows: nodes,
    empty: emptyState(t('system.nodes.none')),
  })
}

const figureTiles = (reader: Reader, { requests, gauges }: Figures): Html => {
  const { t, format } = reader
  const ms = (value: number) => written(format, value, 'ms')
  return tiles(
    figureTile({
      id: 'response-time',
      label: t('system.response-time'),
      value: ms(requests.p95),
      note: t('system.response-time.note', { mean: ms(requests.mean), p99: ms(requests.p99) }),
    }),
    figureTile({
      id: 'requests',
      label: t('system.requests'),
      value: format.number(Math.round(requests.perMinute)),
      note: t('system.requests.active', { count: Math.round(requests.active) }),
    }),
    figureTile({ id: 'error-rate', label: t('system.error-rate'), value: format.percent(requests.errorRate) }),
    figureTile({
      id: 'cpu',
      label: t('system.cpu'),
      value: written(format, gauges['process.cpu.utilization'], '1'),
    }),
    figureTile({
      id: 'memory',
      label: t('system.memory'),
      value: written(format, gauges['process.memory.usage'], 'By'),
      note: t('system.memory.note', { heap: written(format, gauges['v8js.memory.heap.used'], 'By') }),
    }),
    figureTile({
      id: 'lag',
      label: t('system.lag'),
      value: written(format, gauges['caminho.projection.lag.time'], 'ms'),
    }),
    figureTile({
      id: 'active-users',
      label: t('system.active-users'),
      // A mean of the last minute: whoever was there for a part of it is one person.
      value: format.number(Math.ceil(gauges['caminho.users.active'] ?? 0)),
      note: t('system.active-users.note'),
    }),
  )
}

type CheckLine = CheckResult & { readonly name: string }

const healthTable = (reader: Reader, { checks }: HealthReport): Html => {
  const { t, format } = reader
  const lines = Object.entries(checks).flatMap(([name, seen]) => seen.map((one): CheckLine => ({ name, ...one })))
  const columns: readonly Column<CheckLine>[] = [
    {
      label: t('system.check'),
      primary: true,
      cell: ({ name, componentId }) =>
        html`${wordFor(reader, `system.check.${name}`, name)}${componentId !== undefined && html` <small>${componentId}</small>`}`,
    },
    { label: t('system.check.state'), cell: (line) => light(reader, line.status) },
    {
      label: t('system.check.observed'),
      cell: ({ observedValue, observedUnit, output }) =>
        output ?? (typeof observedValue === 'number' ? written(format, observedValue, observedUnit) : '–'),
    },
  ]
  return table(reader, { id: 'health', caption: t('system.health'), columns, rows: lines, empty: emptyState('–') })
}

const routesTable = (reader: Reader, slowest: readonly SlowRoute[]): Html => {
  const { t, format } = reader
  const ms = (value: number) => written(format, value, 'ms')
  const columns: readonly Column<SlowRoute>[] = [
    { label: t('system.route'), primary: true, cell: ({ method, route }) => html`<code>${method} ${route}</code>` },
    { label: 'p95', numeric: true, cell: ({ p95 }) => ms(p95) },
    { label: 'p99', numeric: true, kind: 'minor', cell: ({ p99 }) => ms(p99) },
    { label: t('system.route.count'), numeric: true, cell: ({ count }) => format.number(count) },
    { label: t('system.route.errors'), numeric: true, cell: ({ errors }) => format.number(errors) },
  ]
  return table(reader, {
    id: 'routes',
    caption: t('system.slowest-routes'),
    columns,
    rows: slowest,
    empty: emptyState(t('system.slowest-routes.none')),
  })
}
