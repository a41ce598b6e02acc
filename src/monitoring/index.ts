// The door of monitoring: what other areas may use of it.
export { type MetricName, metricNames, metrics } from './catalogue.ts'
export type { Figures, SlowRoute } from './figures.ts'
export type { CheckResult, HealthReport, Status } from './health/health.ts'
export type { Lag, ProjectionLag } from './lag.ts'
export { type Monitoring, openMonitoring } from './monitoring.ts'
export { prometheusText } from './prometheus.ts'
