// The kinds of trouble that alerts are about, and the rules by which measured figures become alerts.
import { z } from 'zod'

/** How much it matters: look soon, or act now. */
export const severity = z.enum(['warning', 'critical'])
export type Severity = z.infer<typeof severity>

/** When a figure is trouble. Figures are compared in the unit of the rule. */
export interface AlertRule {
  readonly enabled: boolean
  /** At this value or above, it is trouble. */
  readonly threshold: number
  /** Only at this value or below is it over: lower than the threshold, so that a figure that sways does not raise an alert at each turn. */
  readonly clear: number
  /** Seconds for which it must have been trouble before anybody is told. */
  readonly forSeconds: number
  readonly severity: Severity
}

/** A rule as the product brings it. `unit`: %, ms, s, h, MB/h, what is counted, or `state` (of a health check: 1 attention, 2 failing). */
const rule = (
  unit: string,
  threshold: number,
  clear: number,
  forSeconds: number,
  severity: Severity,
): AlertRule & { readonly unit: string } => ({ unit, enabled: true, threshold, clear, forSeconds, severity })

/** Every rule by its id, which is also the kind of the alerts that it raises. */
export const standardRules = {
  'health-check': rule('state', 2, 1, 30, 'critical'),
  'error-rate': rule('%', 5, 2, 120, 'critical'),
  'response-time': rule('ms', 1_000, 700, 300, 'warning'),
  'projection-lag': rule('s', 30, 5, 60, 'critical'),
  'event-loop': rule('ms', 200, 100, 60, 'warning'),
  cpu: rule('%', 90, 75, 600, 'warning'),
  disk: rule('%', 90, 88, 60, 'critical'),
  'memory-trend': rule('MB/h', 20, 5, 1_800, 'warning'),
  'backup-late': rule('h', 26, 25, 60, 'critical'),
  'mail-failing': rule('%', 20, 5, 300, 'warning'),
  'suspicious-logins': rule('{login}', 20, 5, 0, 'warning'),
} as const satisfies Readonly<Record<string, AlertRule & { readonly unit: string }>>

export type RuleId = keyof typeof standardRules
export const ruleIds = Object.keys(standardRules) as [RuleId, ...RuleId[]]

/** Trouble that parts of the system tell of themselves, without a figure. */
export const toldKinds = [
  'projection-stopped',
  'reaction-parked',
  'job-failed',
  'backup-failed',
  'mail-unreachable',
  'log-changed',
] as const

export const alertKind = z.enum([...toldKinds, ...ruleIds])
export type AlertKind = z.infer<typeof alertKind>
