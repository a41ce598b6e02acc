// Every metric by its name: what kind it is, in which unit, and how the nodes' figures make the system's. Monitoring keeps them; OTLP exports them.

/** counter: how much in the time. gauge: how it stood. timing: how long each took. */
export type Kind = 'counter' | 'gauge' | 'timing'

export interface Metric {
  readonly kind: Kind
  /** Of the UCUM: `ms`, `By`, `1` (a share), or what is counted in braces. */
  readonly unit: string
  /** Several nodes: their sum, or the highest where each sees the whole. */
  readonly over: 'sum' | 'highest'
}

const counted = (unit: string): Metric => ({ kind: 'counter', unit, over: 'sum' })
const standing = (unit: string, over: Metric['over'] = 'sum'): Metric => ({ kind: 'gauge', unit, over })
const timed: Metric = { kind: 'timing', unit: 'ms', over: 'sum' }

/** Names follow OpenTelemetry's semantic conventions where there is one, and begin with `caminho.` elsewhere. */
export const metrics = {
  'http.server.request.duration': timed,
  'http.server.active_requests': standing('{request}'),
  'caminho.http.errors': counted('{request}'),
  'caminho.appends': counted('{append}'),
  'caminho.events': counted('{event}'),
  'caminho.conflicts': counted('{append}'),
  'caminho.append.duration': timed,
  'process.cpu.utilization': standing('1', 'highest'),
  'process.memory.usage': standing('By'),
  'v8js.memory.heap.used': standing('By'),
  'nodejs.eventloop.delay.p99': standing('ms', 'highest'),
  'caminho.projection.lag.events': standing('{event}', 'highest'),
  'caminho.projection.lag.time': standing('ms', 'highest'),
  /** Seconds in which this node was ready. */
  'caminho.available.time': { kind: 'counter', unit: 's', over: 'highest' },
  'caminho.health.failing': standing('{check}', 'highest'),
  'caminho.alerts.open': standing('{alert}', 'highest'),
  'caminho.reactor.parked': standing('{event}', 'highest'),
  'caminho.push.listeners': standing('{listener}'),
  'caminho.push.sockets': standing('{socket}'),
  'caminho.push.lag': standing('{event}', 'highest'),
  'caminho.mail.waiting': standing('{mail}', 'highest'),
  'caminho.mail.sent': counted('{mail}'),
  'caminho.mail.failed': counted('{mail}'),
  'caminho.backup.age': standing('s', 'highest'),
  'caminho.logins.failed': standing('{login}', 'highest'),
  'caminho.disk.used': standing('1', 'highest'),
  'caminho.memory.trend': standing('By/h', 'highest'),
  'db.client.connection.count': standing('{connection}'),
  'caminho.eventstore.calls': standing('{call}'),
  'caminho.eventstore.subscriptions': standing('{subscription}'),
  'caminho.eventstore.calls.repeated': counted('{call}'),
  'caminho.eventstore.resubscribed': counted('{subscription}'),
  'caminho.sales.today': standing('{sale}', 'highest'),
  /** In the currency's minor unit. */
  'caminho.revenue.today': standing('{minor}', 'highest'),
  'caminho.stock.low': standing('{level}', 'highest'),
  'caminho.users.active': standing('{person}'),
} as const satisfies Readonly<Record<string, Metric>>

export type MetricName = keyof typeof metrics

export const metricNames = Object.keys(metrics) as [MetricName, ...MetricName[]]
