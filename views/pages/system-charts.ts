// Charts of metrics over time: what each shows, and a row of them for the last hour.
import type { MetricName } from '../../otel/metrics.ts'
import type { Told } from '../../src/monitoring/index.ts'
import { card, trendChart } from '../components/index.ts'
import { type Html, html } from '../html.ts'
import type { Reader } from '../reader.ts'
import { written } from '../units.ts'

/** A metric that has a chart of its own. `figure`: which figure of a step it shows. */
export interface Charted {
  readonly metric: MetricName
  readonly unit: string
  readonly figure: (value: Told, seconds: number) => number
}

const mean = (value: Told): number => ('mean' in value ? value.mean : 0)
const p95 = (value: Told): number => ('p95' in value ? value.p95 : 0)
const perMinute = (value: Told, seconds: number): number =>
  (('count' in value ? value.count : 'sum' in value ? value.sum : 0) * 60) / seconds

/** By the name under which an address asks for them. */
export const charted = {
  'response-time': { metric: 'http.server.request.duration', unit: 'ms', figure: p95 },
  requests: { metric: 'http.server.request.duration', unit: 'min', figure: perMinute },
  errors: { metric: 'caminho.http.errors', unit: 'min', figure: perMinute },
  cpu: { metric: 'process.cpu.utilization', unit: '1', figure: mean },
  memory: { metric: 'process.memory.usage', unit: 'By', figure: mean },
  lag: { metric: 'caminho.projection.lag.time', unit: 'ms', figure: mean },
  listeners: { metric: 'caminho.push.listeners', unit: '{listener}', figure: mean },
  events: { metric: 'caminho.events', unit: 'min', figure: perMinute },
  'event-loop': { metric: 'nodejs.eventloop.delay.p99', unit: 'ms', figure: mean },
  users: { metric: 'caminho.users.active', unit: '{person}', figure: mean },
  'sales-today': { metric: 'caminho.sales.today', unit: '{sale}', figure: mean },
  'mail-waiting': { metric: 'caminho.mail.waiting', unit: '{mail}', figure: mean },
} as const satisfies Readonly<Record<string, Charted>>

export type ChartName = keyof typeof charted
export const chartNames = Object.keys(charted) as ChartName[]

/** What one chart is made of. `steps`: only those in which anything was measured. */
export interface Series {
  readonly name: ChartName
  /** Of one step, in seconds. */
  readonly step: number
  readonly steps: readonly { readonly at: string; readonly value: Told }[]
}

const day = 86_400

export const seriesChart = (reader: Reader, { name, step, steps }: Series): Html => {
  const { t, format } = reader
  const { unit, figure }: Charted = charted[name]
  const value = (given: number) => written(format, given, unit === 'min' ? '' : unit)
  const label = (at: string) =>
    step >= day ? format.dayShort(at) : step >= 3_600 ? `${format.dayShort(at)} ${format.time(at)}` : format.time(at)
  return trendChart(reader, {
    title: t(`system.chart.${name}`),
    unit: t(unit === 'min' ? 'system.per-minute' : unit === '1' ? 'system.share' : 'system.unit'),
    over: t('system.moment'),
    points: steps.map((one) => ({ label: label(one.at), value: figure(one.value, step) })),
    value,
    axis: value,
    whole: unit !== '1' && unit !== 'ms',
  })
}

/** Charts of the last hour; each leads to its history. */
export const chartRow = (reader: Reader, all: readonly Series[]): Html => {
  const { t } = reader
  return html`<div class="columns">${all.map((series) =>
    card({
      body: html`${series.steps.length > 1 ? seriesChart(reader, series) : html`<p><strong>${t(`system.chart.${series.name}`)}</strong></p><p class="soft">${t('system.chart.none')}</p>`}
      <a href="/system/history?chart=${series.name}" aria-label="${t('system.tab.history')}: ${t(`system.chart.${series.name}`)}">${t('system.tab.history')}</a>`,
    }),
  )}</div>`
}
