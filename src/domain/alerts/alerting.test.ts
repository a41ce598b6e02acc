import assert from 'node:assert/strict'
import { test } from 'node:test'
import { given } from '../../../test/specification/decider.ts'
import { fold } from '../../kernel/decider.ts'
import { event } from '../../kernel/event.ts'
import { alerting, isSilenced, ruleOf } from './alerting.ts'
import type { AlertingEvents } from './events.ts'
import { standardRules } from './kinds.ts'

const at = '2026-03-02T08:00:00.000Z'
const fact = <K extends keyof AlertingEvents & string>(type: K, data: AlertingEvents[K]) => event(type, data)
const stricter = fact('AlertRuleChanged', {
  ruleId: 'response-time',
  enabled: true,
  threshold: 500,
  clear: 300,
  forSeconds: 60,
  severity: 'critical',
  by: 'ana',
  at,
})
const silence = fact('AlertsSilenced', {
  silenceId: 's1',
  kind: 'disk',
  subject: null,
  until: '2026-03-02T10:00:00.000Z',
  reason: 'limpeza',
  by: 'ana',
  at,
})
const lifted = fact('SilenceLifted', { silenceId: 's1', by: 'ana', at })

test('a rule is as the product brings it, until an administrator changes it', () => {
  given(alerting).when('ChangeAlertRule', stricter.data).then([stricter])
  given(alerting, [stricter]).when('ChangeAlertRule', stricter.data).thenNothing()
  const { unit: _, ...standard } = standardRules['response-time']
  given(alerting)
    .when('ChangeAlertRule', { ruleId: 'response-time', ...standard, by: 'ana', at })
    .thenNothing()
  assert.equal(ruleOf(fold(alerting, [stricter]), 'response-time').threshold, 500)
  assert.equal(ruleOf(fold(alerting, [stricter]), 'disk').threshold, standardRules.disk.threshold)
})

test('an alert does not end above the value that raises it', () =>
  given(alerting)
    .when('ChangeAlertRule', { ...stricter.data, clear: 501 })
    .thenRejected('clear-above-threshold'))

test('a silence lies ahead, and lasts 30 days at the most', () => {
  given(alerting).when('SilenceAlerts', silence.data).then([silence])
  given(alerting)
    .when('SilenceAlerts', { ...silence.data, until: at })
    .thenRejected('silence-over')
  given(alerting)
    .when('SilenceAlerts', { ...silence.data, until: '2026-04-02T08:00:00.000Z' })
    .thenRejected('too-long-a-silence')
})

test('a silence is lifted once', () => {
  given(alerting, [silence]).when('LiftSilence', lifted.data).then([lifted])
  given(alerting, [silence, lifted]).when('LiftSilence', lifted.data).thenRejected('unknown-silence')
})

test('a silence keeps quiet what it names, until it is over', () => {
  const state = fold(alerting, [silence])
  const disk = { kind: 'disk', subject: 'node-1', at } as const
  assert(isSilenced(state, disk))
  assert(!isSilenced(state, { ...disk, kind: 'cpu' }))
  assert(!isSilenced(state, { ...disk, at: '2026-03-02T10:00:00.000Z' }))
  assert(!isSilenced(fold(alerting, [silence, lifted]), disk))
  const narrow = fold(alerting, [fact('AlertsSilenced', { ...silence.data, subject: 'node-2' })])
  assert(!isSilenced(narrow, disk))
})
