// The files for collectors, Grafana and Prometheus are held against the metrics of the code: none asks for what nobody tells.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { z } from 'zod'
import { prometheusName } from '../src/monitoring/prometheus.ts'
import { metricNames, metrics } from './metrics.ts'

const read = (name: string) => readFileSync(join(import.meta.dirname, name), 'utf8')

const told = new Set(
  metricNames.flatMap((name) => {
    const plain = prometheusName(name, metrics[name])
    return metrics[name].kind === 'timing' ? [`${plain}_bucket`, `${plain}_sum`, `${plain}_count`] : [plain]
  }),
)

/** The names of metrics in a PromQL expression. */
const metricsIn = (expression: string): string[] =>
  [...expression.matchAll(/\b(?:caminho|http_server|process|v8js|nodejs|db_client)_\w+/g)].map(([name]) => name)

const dashboard = z.object({
  panels: z.array(z.object({ title: z.string(), targets: z.array(z.object({ expr: z.string() })).min(1) })).min(6),
})

test('every panel of the dashboard asks for metrics that there are', () => {
  const { panels } = dashboard.parse(JSON.parse(read('grafana-dashboard.json')))
  for (const { title, targets } of panels)
    for (const { expr } of targets) {
      const asked = metricsIn(expr)
      assert(asked.length > 0, `${title}: ${expr}`)
      for (const name of asked) assert(told.has(name), `${title} asks for ${name}`)
    }
})

test('every alert rule asks for metrics that there are', () => {
  const expressions = [...read('alerts.yaml').matchAll(/expr: (.*)/g)].map(([, expression = '']) => expression)
  assert(expressions.length >= 5)
  for (const expression of expressions) {
    const asked = metricsIn(expression)
    assert(asked.length > 0, expression)
    for (const name of asked) assert(told.has(name), `a rule asks for ${name}`)
  }
})

test('the collector takes all three signals over OTLP', () => {
  const collector = read('collector.yaml')
  for (const signal of ['traces', 'metrics', 'logs'])
    assert.match(collector, new RegExp(`\\n    ${signal}:\\n      receivers: \\[otlp\\]`))
})

test('names follow the conventions: lower case with dots, and ours begin with the product', () => {
  for (const name of metricNames) assert.match(name, /^(caminho|http|process|v8js|nodejs|db)\.[a-z0-9_.]+$/)
})
