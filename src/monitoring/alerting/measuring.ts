// What the rules are about: figures of the last minutes and the checks of the parts, in the units of the rules.
import type { MetricName } from '../../../otel/metrics.ts'
import type { RuleId } from '../../domain/alerts/kinds.ts'
import { figuresOf } from '../figures.ts'
import type { HealthReport, Status } from '../health/health.ts'
import type { Sample } from '../sampling.ts'
import type { Measured, Measurements } from './evaluating.ts'

const states: Readonly<Record<Status, number>> = { pass: 0, warn: 1, fail: 2 }

/** A share of fewer requests or mails says nothing. */
const fewest = 10

/** A gauge and how its value is turned into the unit of a rule. */
const byGauge: readonly (readonly [rule: RuleId, gauge: MetricName, scale: number, unit: string])[] = [
  ['projection-lag', 'caminho.projection.lag.time', 0.001, 's'],
  ['event-loop', 'nodejs.eventloop.delay.p99', 1, 'ms'],
  ['cpu', 'process.cpu.utilization', 100, '%'],
  ['disk', 'caminho.disk.used', 100, '%'],
  ['memory-trend', 'caminho.memory.trend', 2 ** -20, 'MB/h'],
  ['backup-late', 'caminho.backup.age', 1 / 3_600, 'h'],
  ['suspicious-logins', 'caminho.logins.failed', 1, ''],
]

const rounded = (value: number): number => Math.round(value * 10) / 10

/** What is measured on a node. `sample`: of the last minutes. */
export function measure(node: string, sample: Sample, health: HealthReport): Measurements {
  const { requests, gauges, counters } = figuresOf(sample)
  const measured: Partial<Record<RuleId, Measured[]>> = {}
  const tell = (rule: RuleId, value: number, detail: string, subject = node) => {
    measured[rule] = [...(measured[rule] ?? []), { subject, value, detail }]
  }

  for (const [rule, gauge, scale, unit] of byGauge) {
    const value = gauges[gauge]
    if (value !== undefined) tell(rule, value * scale, `${rounded(value * scale)} ${unit}`.trim())
  }
  const isBusy = requests.count >= fewest
  tell(
    'error-rate',
    isBusy ? requests.errorRate * 100 : 0,
    `${rounded(requests.errorRate * 100)} % of ${requests.count} answers`,
  )
  tell('response-time', isBusy ? requests.p95 : 0, `p95 ${rounded(requests.p95)} ms of ${requests.count} answers`)
  const [failed = 0, sent = 0] = [counters['caminho.mail.failed'], counters['caminho.mail.sent']]
  const tried = failed + sent
  tell('mail-failing', tried >= fewest ? (failed / tried) * 100 : 0, `${failed} of ${tried} mails`)
  for (const [name, seen] of Object.entries(health.checks)) {
    const worst = seen.reduce(
      (most, one) => (states[one.status] > states[most.status] ? one : most),
      seen[0] ?? nothing,
    )
    tell('health-check', states[worst.status], worst.output ?? worst.status, name)
  }
  return measured
}

const nothing: { readonly status: Status; readonly output?: string } = { status: 'pass' }
