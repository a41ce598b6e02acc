import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type Server } from 'node:net'
import { describe, test } from 'node:test'
import { alerts } from '../../../projections/alerts.ts'
import { startShop } from '../../../test/support/app.ts'
import { until } from '../../../test/support/until.ts'
import { changeAlertRule } from '../../commands/alerts.ts'
import { alerting } from '../../domain/alerts/alerting.ts'
import { evaluation, type Measurements, worstOf } from './evaluating.ts'

const measured = (value: number): Measurements => ({ 'error-rate': [{ subject: 'n1', value, detail: '' }] })
const minute = 60_000

describe('a rule', () => {
  const standard = alerting.initial

  test('raises only what has lasted, once, and resolves it only well below', () => {
    const { judge } = evaluation()
    const at = (minutes: number, value: number) =>
      judge(standard, measured(value), minutes * minute).map(({ verdict }) => verdict)
    assert.deepEqual(at(0, 6), [])
    assert.deepEqual(at(1, 4.9), [], 'a dip begins it anew')
    assert.deepEqual(at(2, 6), [])
    assert.deepEqual(at(3.9, 6), [])
    assert.deepEqual(at(4, 6), ['raise'])
    assert.deepEqual(at(5, 9), [])
    assert.deepEqual(at(6, 3), [], 'between the two values nothing changes')
    assert.deepEqual(at(7, 2), ['resolve'])
    assert.deepEqual(at(8, 2), [])
  })

  test('that could not be recorded is told again; one that is open is taken up; one that is switched off resolves', () => {
    const evaluating = evaluation()
    evaluating.isRaised('error-rate', 'n1')
    assert.deepEqual(evaluating.judge(standard, measured(9), 0), [])
    const off = {
      ...standard,
      changed: { 'error-rate': { enabled: false, threshold: 5, clear: 2, forSeconds: 0, severity: 'critical' } },
    } as const
    const [verdict] = evaluating.judge(off, measured(9), 1)
    assert.equal(verdict?.verdict, 'resolve')
    assert(verdict)
    evaluating.repeat(verdict)
    assert.equal(evaluating.judge(off, measured(9), 2)[0]?.verdict, 'resolve')
  })

  test('whose alert could not be recorded raises it when it can be, even if the trouble is over by then', () => {
    const evaluating = evaluation()
    const at = (minutes: number, value: number) => evaluating.judge(standard, measured(value), minutes * minute)
    at(0, 6)
    const [raise] = at(2, 6)
    assert(raise)
    evaluating.repeat(raise)
    assert.deepEqual(at(3, 0), [raise])
    assert.deepEqual(
      at(4, 0).map(({ verdict }) => verdict),
      ['resolve'],
    )
  })

  test('judges the worst of what the nodes have measured', () =>
    assert.equal(worstOf([measured(1), measured(7), {}])['error-rate']?.[0]?.value, 7))
})

test('a mail server that goes away turns the light, raises an alert, and both recover with it', async () => {
  const listen = async (port: number): Promise<Server> => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined)
      socket.end('220 ready\r\n')
    })
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    return server
  }
  let smtp = await listen(0)
  const address = smtp.address()
  assert(typeof address === 'object' && address)
  const shop = await startShop({ env: { SMTP_URL: `smtp://127.0.0.1:${address.port}`, MAIL_TLS: 'none' } })
  const { system } = shop
  const stopping = new AbortController()
  const context = () => system.self('monitoring')
  const rule = {
    ruleId: 'health-check',
    enabled: true,
    threshold: 2,
    clear: 1,
    forSeconds: 0,
    severity: 'critical',
  } as const
  await changeAlertRule(system, rule, context())
  const running = system.monitoring.run({
    desk: system,
    leases: system.leases,
    context,
    signal: stopping.signal,
    every: 200,
  })
  try {
    const light = async () => (await shop.call('GET', '/api/system/health', { as: 'admin' })).body.checks.smtp[0].status
    const alert = async () => (await system.models.get(alerts, 'health-check:smtp'))?.document
    assert.equal(await light(), 'pass')
    smtp.close()
    await until(async () => (await light()) === 'fail' && (await alert())?.status === 'open', { within: 20_000 })
    const raised = await alert()
    assert.equal(raised?.severity, 'critical')
    assert.match(raised?.detail ?? '', /ECONNREFUSED/)
    smtp = await listen(address.port)
    await until(async () => (await light()) === 'pass' && (await alert())?.status === 'resolved', { within: 20_000 })
    const nodes = await shop.call('GET', '/api/system/nodes', { as: 'admin' })
    assert.equal(nodes.body.items[0].present, true)
    await until(async () => {
      const { body } = await shop.call('GET', '/api/system/metrics/history?metric=process.memory.usage', {
        as: 'admin',
      })
      return body.items.length >= 60
    })
  } finally {
    stopping.abort()
    await running
    smtp.close()
    await shop.close()
  }
})
