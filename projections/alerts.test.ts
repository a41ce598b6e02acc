import { test } from 'node:test'
import { fact } from '../test/specification/facts.ts'
import { project } from '../test/specification/projection.ts'
import { alerts } from './alerts.ts'
import { loginFailures } from './login-failures.ts'

const at = '2026-01-05T08:00:00.000Z'

const alert = { alertId: 'alert-1', kind: 'projection-stopped', subject: 'sales', detail: 'a bad event' } as const
const raised = fact('AlertRaised', { ...alert, at })
const resolved = fact('AlertResolved', { alertId: 'alert-1', at })

test('an alert is open until it is resolved', () =>
  project(alerts, [raised, resolved]).equals({
    'alert-1': { ...alert, status: 'resolved', raisedAt: at, resolvedAt: at },
  }))

test('an alert that is raised again is open again', () =>
  project(alerts, [raised, resolved, raised]).equals({
    'alert-1': { ...alert, status: 'open', raisedAt: at, resolvedAt: null },
  }))

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
