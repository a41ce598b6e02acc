// Who is told what: the rules, the digests and the reports, on a running shop.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { inboxes } from '../../projections/inboxes.ts'
import { type Notification, notifications } from '../../projections/notifications.ts'
import { addAccount } from '../../src/auth/accounts.ts'
import { raiseAlert } from '../../src/commands/alerts.ts'
import { changeNotificationPreferences, changeReportSubscriptions } from '../../src/commands/notifications.ts'
import { createTask } from '../../src/commands/tasks.ts'
import { addDays, localTime, startOfDay } from '../../src/domain/calendar.ts'
import type { MailEvents } from '../../src/domain/mail/events.ts'
import type { Role } from '../../src/domain/values.ts'
import { collect } from '../../src/kernel/event-store.ts'
import { digestJobs } from '../../src/notifications/index.ts'
import { password, type RunningShop, startShop } from '../support/app.ts'
import { startTelling, type Telling } from '../support/telling.ts'

describe('people are told', () => {
  let shop: RunningShop
  let telling: Telling
  let buyer: string
  const ids = new Map<Role, string>()
  const idOf = (role: Role) => ids.get(role) ?? assert.fail(role)

  before(async () => {
    shop = await startShop()
    const { body } = await shop.call('GET', '/api/people', { as: 'super-admin' })
    for (const { id, role } of body.items) ids.set(role, id)
    telling = await startTelling(shop)
    const somebody = { email: 'buyer@shop.test', name: 'Buyer', phone: null, role: 'employee', password } as const
    const context = { ...shop.system.self('tests'), actor: `person:${idOf('admin')}` }
    const added = await addAccount(shop.system, { ...somebody, departments: ['compras'], locationId: null }, context)
    assert(!added.rejected)
    buyer = added.value.id
    await telling.settled()
  })
  after(async () => {
    await telling.stop()
    await shop.close()
  })

  const told = async (kind: string): Promise<Notification[]> => {
    await telling.settled()
    return (await shop.system.models.find(notifications, { where: { kind } })).items.map(({ document }) => document)
  }
  const names = ({ recipients }: Pick<Notification, 'recipients'>) => recipients.map(({ personId }) => personId).sort()
  const mailsTo = async (kind: string) => {
    const queued = await collect(shop.system.store.readAll({ filter: { types: ['MailQueued'] } }))
    return queued.map(({ data }) => data as MailEvents['MailQueued']).filter(({ content }) => content.kind === kind)
  }
  const run = async (job: string, slot: Date) => {
    await telling.settled()
    await digestJobs(shop.system)
      .find(({ name }) => name === job)
      ?.run(slot, new AbortController().signal)
  }
  const sell = async () => {
    const session = { locationId: shop.ids.shop, till: 1, payment: { method: 'mpesa' } }
    const body = { ...session, lines: [{ productId: shop.ids.rice, quantity: 1 }] }
    assert.equal((await shop.call('POST', '/api/sales', { as: 'employee', body })).status, 201)
  }

  it('of an account that somebody has made for them, by mail with a link', async () => {
    const [welcome, ...others] = await mailsTo('welcome')
    assert.deepEqual([welcome?.recipientId, others], [buyer, []])
    assert(welcome)
    const written = await shop.system.mail.writer.write(welcome, 'buyer@shop.test')
    assert.match(written.text, /\/password\/[\w-]+\/[\w-]{43}/)
    assert.equal(written.headers['List-Unsubscribe'], undefined)
    assert.doesNotMatch((await shop.system.mail.writer.show(welcome)).text, /\/password\/[\w-]+\/[\w-]{43}/)
  })

  it('what runs low: managers there and the department, together, and by one mail each when the window is over', async () => {
    await telling.runLow(shop.ids.rice)
    await telling.runLow(shop.ids.oil, 0)
    const [low, ...others] = await told('low-stock')
    assert.deepEqual(others, [])
    assert(low)
    assert.deepEqual([low.count, names(low)], [2, [idOf('manager'), buyer].sort()])
    assert.deepEqual(await mailsTo('low-stock'), [], 'not before the window is over')
    await telling.digest()
    await telling.digest()
    const mails = await mailsTo('low-stock')
    assert.deepEqual(mails.map(({ recipientId }) => recipientId).sort(), names(low))
    const [{ content } = assert.fail()] = mails
    assert(content.kind === 'low-stock' && content.items.length === 2)
  })

  it('of a sale by no notification, and by an hourly mail those who want it', async () => {
    const count = async () =>
      (await collect(shop.system.store.readAll({ filter: { streamPrefixes: ['notification-', 'mail-'] } }))).length
    // What the others cost is recorded first: a welcome, and two mails about stock.
    await telling.sent(3)
    const before = await count()
    for (let sale = 0; sale < 3; sale += 1) await sell()
    await telling.settled()
    assert.equal(await count(), before)

    const choices = { 'new-sale': { push: true, mail: true } }
    const chosen = { personId: idOf('manager'), choices, quietHours: null }
    await changeNotificationPreferences(shop.system, chosen, shop.system.self('tests'))
    const inAnHour = new Date(shop.system.now().getTime() + 3_600_000)
    await run('mail-sales', inAnHour)
    await run('mail-sales', inAnHour)
    const [mail, ...others] = await mailsTo('sales')
    assert.deepEqual([mail?.recipientId, others], [idOf('manager'), []])
    assert(mail?.content.kind === 'sales')
    assert.deepEqual([mail.content.count, mail.content.latest.length], [3, 3])
  })

  it('of a task: everybody in the department, but not who gave it to themselves', async () => {
    const task = { title: 'Order rice', note: '', dueOn: null, subject: null, locationId: null }
    const by = (personId: string) => ({ actor: `person:${personId}`, correlationId: 'tests' })
    await createTask(shop.system, { ...task, assignee: { kind: 'department', id: 'Compras' } }, by(idOf('manager')))
    await createTask(shop.system, { ...task, assignee: { kind: 'person', id: buyer } }, by(buyer))
    const tasks = await told('task')
    assert.deepEqual(tasks.map(names), [[buyer]])
  })

  it('of an alert: those who administer, at once', async () => {
    const trouble = { kind: 'projection-stopped', subject: 'sales', detail: 'a bad event' } as const
    await raiseAlert(shop.system, trouble, shop.system.self('tests'))
    const [alert] = await told('system-alert')
    assert(alert)
    assert.deepEqual([alert.severity, names(alert)], ['danger', [idOf('admin'), idOf('super-admin')].sort()])
  })

  it('in quiet hours by the list alone, and by mail when they are over, unless it is urgent', async () => {
    const now = shop.system.now()
    const clock = (ahead: number) => new Date(now.getTime() + ahead * 60_000).toISOString().slice(11, 16)
    const quietHours = { from: clock(-30), to: clock(90), zone: 'UTC' }
    const chosen = { personId: buyer, choices: {}, quietHours }
    await changeNotificationPreferences(shop.system, chosen, shop.system.self('tests'))
    await telling.settled()
    for (const severity of ['info', 'danger']) {
      const body = { audience: { to: 'person', personId: buyer }, title: severity, severity, mail: true }
      assert.equal((await shop.call('POST', '/api/notifications', { as: 'manager', body })).status, 201)
    }
    const messages = await told('message')
    const pushed = Object.fromEntries(messages.map(({ severity, recipients }) => [severity, recipients[0]?.push]))
    assert.deepEqual(pushed, { info: false, danger: true })
    const waits = (await mailsTo('notification'))
      .filter(({ content }) => content.kind === 'notification' && content.about.kind === 'message')
      .map(({ notBefore, at }) => Math.round((Date.parse(notBefore) - Date.parse(at)) / 60_000))
    assert.equal(waits[1], 0)
    assert(waits[0] !== undefined && waits[0] >= 88 && waits[0] <= 90, `waits ${waits[0]} minutes`)
  })

  it('what they subscribed to: a report with its chart and its figures, once', async () => {
    const daily = { every: 'daily', time: '07:00', zone: 'Africa/Maputo', locationId: null } as const
    for (const personId of [idOf('manager'), idOf('employee')])
      await changeReportSubscriptions(shop.system, { personId, subscriptions: [daily] }, shop.system.self('tests'))
    const today = localTime(shop.system.now().toISOString(), daily.zone).day
    const slot = new Date(Date.parse(startOfDay(addDays(today, 1), daily.zone)) + 7 * 3_600_000)
    await run('mail-reports', slot)
    await run('mail-reports', new Date(slot.getTime() + 15 * 60_000))
    const [mail, ...others] = await mailsTo('report')
    assert(mail)
    assert.deepEqual([mail.recipientId, others], [idOf('manager'), []], 'only who may read reports, and once')
    const { attachments, html, text } = await shop.system.mail.writer.write(mail, 'manager@shop.test')
    assert.deepEqual(
      attachments.map(({ contentType, cid }) => [contentType, cid]),
      [
        ['image/png', 'chart'],
        ['text/csv; charset=utf-8', undefined],
        ['text/csv; charset=utf-8', undefined],
      ],
    )
    assert.match(html, /src="cid:chart"/)
    assert.match(text, /Arroz 25 kg/)
    assert.match((await shop.system.mail.writer.show(mail)).html, /src="data:image\/png;base64,/)
  })

  it('and read what they were told: one, or all', async () => {
    const { body: before } = await shop.fresh('/api/notifications?unread=true', 'manager')
    assert(before.unread > 0 && before.items.length === before.unread)
    const [first] = before.items
    assert.equal((await shop.call('POST', `/api/notifications/${first.id}/read`, { as: 'manager' })).status, 200)
    assert.equal((await shop.call('POST', `/api/notifications/${first.id}/read`, { as: 'employee' })).status, 404)
    assert.equal((await shop.fresh('/api/notifications', 'manager')).body.unread, before.unread - 1)
    await shop.call('POST', '/api/notifications/read-all', { as: 'manager' })
    assert.equal((await shop.fresh('/api/notifications', 'manager')).body.unread, 0)
    assert.equal((await shop.system.models.get(inboxes, idOf('manager')))?.document.unread, 0)
  })
})
