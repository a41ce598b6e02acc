// The system monitor: is all well, and if not, why not.
import type { CheckResult, Figures, HealthReport, SlowRoute, Status } from '../../src/monitoring/index.ts'
import {
  type Column,
  card,
  emptyState,
  figureTile,
  linkButton,
  live,
  pageHead,
  status,
  type Tone,
  table,
  tiles,
} from '../components/index.ts'
import { attributes, type Html, html } from '../html.ts'
import { catalogue, type PlainKey } from '../locales/index.ts'
import type { Reader } from '../reader.ts'
import { written } from '../units.ts'

export interface SystemMonitor {
  readonly health: HealthReport
  readonly figures: Figures
  readonly slowest: readonly SlowRoute[]
  readonly mayBackUp: boolean
}

const tones: Readonly<Record<Status, Tone>> = { pass: 'good', warn: 'warning', fail: 'danger' }

/** A state as a light: a shape and a word, the colour besides. */
export const light = ({ t }: Reader, state: Status): Html => status(tones[state], t(`system.status.${state}`))

const isPlainKey = (key: string): key is PlainKey => Object.hasOwn(catalogue, key)

/** A check's name in words; one of a service that this page does not know keeps its own. */
const checkName = ({ t }: Reader, name: string): string => {
  const key = `system.check.${name}`
  return isPlainKey(key) ? t(key) : name
}

export const systemContent = (reader: Reader, monitor: SystemMonitor): Html => {
  const { t } = reader
  return html`${pageHead({ title: t('system.title'), lead: t('system.lead'), actions: monitor.mayBackUp && linkButton('/system/backups', { label: t('backups.title') }) })}
<div${attributes({ class: 'stack', ...live({ id: 'now', href: '/system', hears: [] }) })}>
  <p class="system-status" role="status">${light(reader, monitor.health.status)}</p>
  ${figureTiles(reader, monitor.figures)}
  ${card({ title: t('system.health'), body: healthTable(reader, monitor.health), flush: true })}
  ${card({ title: t('system.slowest-routes'), body: routesTable(reader, monitor.slowest), flush: true })}
</div>`
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
      value: written(format, gauges['caminho.users.active'], '{person}'),
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
        html`${checkName(reader, name)}${componentId !== undefined && html` <small>${componentId}</small>`}`,
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
