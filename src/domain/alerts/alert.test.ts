import { test } from 'node:test'
import { given } from '../../../test/specification/decider.ts'
import { event } from '../../kernel/event.ts'
import { alert, alertId } from './alert.ts'
import type { AlertEvents } from './events.ts'

const at = '2026-03-02T08:00:00.000Z'
const id = alertId('projection-stopped', 'stock-levels')
const fact = <K extends keyof AlertEvents & string>(type: K, data: AlertEvents[K]) => event(type, data)
const raised = fact('AlertRaised', {
  alertId: id,
  kind: 'projection-stopped',
  subject: 'stock-levels',
  detail: 'event 17 of an unknown type',
  at,
})
const resolved = fact('AlertResolved', { alertId: id, at })

test('an alert is raised once, until it is resolved', () => {
  given(alert).when('RaiseAlert', raised.data).then([raised])
  given(alert, [raised]).when('RaiseAlert', raised.data).thenNothing()
  given(alert, [raised, resolved]).when('RaiseAlert', raised.data).then([raised])
})

test('only what is raised is resolved', () => {
  given(alert, [raised]).when('ResolveAlert', resolved.data).then([resolved])
  given(alert).when('ResolveAlert', resolved.data).thenNothing()
})
