import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { accepted, locationId, openShop, refused, type Shop } from '../../test/shop.ts'
import { addPerson } from './people.ts'
import {
  cancelTask,
  completeTask,
  createTask,
  type NewTask,
  reassignTask,
  reopenTask,
  rescheduleTask,
} from './tasks.ts'

describe('tasks', () => {
  let shop: Shop
  let rui: string
  before(async () => {
    shop = await openShop()
    const person = { name: 'Rui', email: 'rui@loja.co.mz', phone: null, role: 'employee', departments: [] } as const
    const desk = { ...shop.desk, accountKey: (email: string) => email }
    rui = accepted(await addPerson(desk, { ...person, locationId: null }, shop.by('ana'))).id
  })
  after(() => shop.close())

  const create = (more: Partial<NewTask> = {}) => {
    const what = { title: 'Contar o arroz', note: '', dueOn: null, subject: { kind: 'product', id: 'rice' } } as const
    const task: NewTask = { ...what, assignee: { kind: 'department', id: 'loja' }, locationId, ...more }
    return createTask(shop.desk, task, shop.by('ana'))
  }

  test('a task goes from hand to hand until somebody does it', async () => {
    const { id: taskId } = accepted(await create())
    accepted(await reassignTask(shop.desk, { taskId, assignee: { kind: 'person', id: rui } }, shop.by('ana')))
    accepted(await rescheduleTask(shop.desk, { taskId, dueOn: '2026-03-09' }, shop.by('ana')))
    accepted(await completeTask(shop.desk, taskId, shop.by(rui)))
    accepted(await reopenTask(shop.desk, taskId, shop.by('ana')))
    accepted(await cancelTask(shop.desk, taskId, shop.by('ana')))
    const [created] = await shop.facts('TaskCreated')
    assert.deepEqual([created?.data.kind, created?.data.createdBy], ['written', 'ana'])
    assert.equal((await shop.facts('TaskCompleted'))[0]?.data.by, rui)
    assert.equal(refused(await completeTask(shop.desk, taskId, shop.by(rui)))[0], 'task-not-open')
  })

  test('a task is given only to people who are there', async () => {
    const nobody = { kind: 'person', id: 'nobody' } as const
    const head = await shop.store.head()
    assert.deepEqual(refused(await create({ assignee: nobody })), ['unknown-person', { personId: 'nobody' }])
    assert.equal(await shop.store.head(), head)
    const { id: taskId } = accepted(await create())
    assert.equal(
      refused(await reassignTask(shop.desk, { taskId, assignee: nobody }, shop.by('ana')))[0],
      'unknown-person',
    )
  })

  test('two who do the same task at once are both right', async () => {
    const { id: taskId } = accepted(await create())
    const outcomes = await Promise.all([
      completeTask(shop.desk, taskId, shop.by(rui)),
      completeTask(shop.desk, taskId, shop.by('ana')),
    ])
    for (const outcome of outcomes) accepted(outcome)
    assert.equal((await shop.facts('TaskCompleted')).filter(({ data }) => data.taskId === taskId).length, 1)
  })

  test('an unknown task is refused', async () =>
    assert.deepEqual(refused(await cancelTask(shop.desk, 'nowhere', shop.by('ana'))), [
      'unknown-task',
      { taskId: 'nowhere' },
    ]))
})
