import { test } from 'node:test'
import { fact } from '../test/specification/facts.ts'
import { project } from '../test/specification/projection.ts'
import { alerting, alertingId } from './alerting.ts'
import { alerts } from './alerts.ts'
import { loginFailures } from './login-failures.ts'

const at = '2026-01-05T08:00:00.000Z'

const about = { alertId: 'alert-1', kind: 'projection-stopped', subject: 'sales' } as const
const alert = { ...about, severity: 'critical', detail: 'a bad event', announced: true } as const
const raised = fact('AlertRaised', { ...alert, at })
const acknowledged = fact('AlertAcknowledged', { alertId: 'alert-1', by: 'ana', note: 'a ver', at })
const resolved = fact('AlertResolved', { ...about, announced: true, at })
const open = { ...alert, status: 'open', raisedAt: at, resolvedAt: null, acknowledgement: null, times: 1 } as const

test('an alert is open until it is resolved, and shows who sees to it', () => {
  const acknowledgement = { by: 'ana', at, note: 'a ver' }
  project(alerts, [raised, acknowledged]).equals({ 'alert-1': { ...open, acknowledgement } })
  project(alerts, [raised, acknowledged, resolved]).equals({
    'alert-1': { ...open, acknowledgement, status: 'resolved', resolvedAt: at },
  })
})

test('an alert that is raised again is open again, and nobody sees to it yet', () =>
  project(alerts, [raised, acknowledged, resolved, raised]).equals({ 'alert-1': { ...open, times: 2 } }))

test('what an administrator sets is one document', () => {
  const silence = {
    silenceId: 's1',
    kind: null,
    subject: null,
    until: '2026-01-05T09:00:00.000Z',
    reason: 'obras',
    by: 'ana',
  }
  project(alerting, [fact('AlertsSilenced', { ...silence, at })]).equals({
    [alertingId]: { changed: {}, silences: [silence] },
  })
})

test('failed logins are counted by day and reason, and nothing of who it was is kept', () =>
  project(loginFailures, [
    fact('LoginFailed', { accountKey: 'a', address: '41.220.0.1', reason: 'credentials', at }),
    fact('LoginFailed', { accountKey: 'a', address: '41.220.0.1', reason: 'too-many', at }),
  ]).equals({
    '2026-01-05': {
      day: '2026-01-05',
      failures: 2,
      byReason: { credentials: 1, deactivated: 0, 'too-many': 1 },
    },
  }))
