import { test } from 'node:test'
import { given } from '../../../test/specification/decider.ts'
import { event } from '../../kernel/event.ts'
import { alert, alertId } from './alert.ts'
import { alertGroup } from './alert-group.ts'
import type { AlertEvents, AlertGroupEvents } from './events.ts'

const at = '2026-03-02T08:00:00.000Z'
const id = alertId('projection-stopped', 'stock-levels')
const about = { alertId: id, kind: 'projection-stopped', subject: 'stock-levels' } as const
const fact = <K extends keyof AlertEvents & string>(type: K, data: AlertEvents[K]) => event(type, data)
const raised = fact('AlertRaised', {
  ...about,
  severity: 'critical',
  detail: 'event 17 of an unknown type',
  announced: true,
  at,
})
const acknowledged = fact('AlertAcknowledged', { alertId: id, by: 'ana', note: 'a ver', at })
const resolved = fact('AlertResolved', { ...about, announced: true, at })
const resolution = { ...about, at }

test('an alert is raised once, until it is resolved', () => {
  given(alert).when('RaiseAlert', raised.data).then([raised])
  given(alert, [raised]).when('RaiseAlert', raised.data).thenNothing()
  given(alert, [raised, resolved]).when('RaiseAlert', raised.data).then([raised])
})

test('only what is raised is resolved, and who was not told of it need not be told that it is over', () => {
  given(alert, [raised]).when('ResolveAlert', resolution).then([resolved])
  given(alert).when('ResolveAlert', resolution).thenNothing()
  const quiet = fact('AlertRaised', { ...raised.data, announced: false })
  const over = fact('AlertResolved', { ...resolved.data, announced: false })
  given(alert, [quiet]).when('ResolveAlert', resolution).then([over])
})

test('an alert is acknowledged once each time that it is raised', () => {
  given(alert, [raised]).when('AcknowledgeAlert', acknowledged.data).then([acknowledged])
  given(alert, [raised, acknowledged]).when('AcknowledgeAlert', acknowledged.data).thenNothing()
  given(alert, [raised, acknowledged, resolved, raised])
    .when('AcknowledgeAlert', acknowledged.data)
    .then([acknowledged])
  given(alert, [raised, resolved]).when('AcknowledgeAlert', acknowledged.data).thenRejected('alert-not-raised')
})

test('of alerts of one kind that come together, the first is told, and one that is worse', () => {
  const told = (severity: 'warning' | 'critical', minute: number) =>
    event('AlertGroupAnnounced', {
      kind: 'response-time',
      severity,
      at: `2026-03-02T08:${String(minute).padStart(2, '0')}:00.000Z`,
    } satisfies AlertGroupEvents['AlertGroupAnnounced'])
  given(alertGroup)
    .when('Announce', told('warning', 0).data)
    .then([told('warning', 0)])
  given(alertGroup, [told('warning', 0)])
    .when('Announce', told('warning', 9).data)
    .thenNothing()
  given(alertGroup, [told('warning', 0)])
    .when('Announce', told('critical', 1).data)
    .then([told('critical', 1)])
  given(alertGroup, [told('critical', 0)])
    .when('Announce', told('critical', 9).data)
    .thenNothing()
  given(alertGroup, [told('critical', 0)])
    .when('Announce', told('critical', 10).data)
    .then([told('critical', 10)])
})
