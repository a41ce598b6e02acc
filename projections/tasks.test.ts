import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fact } from '../test/specification/facts.ts'
import { type GivenEvent, project } from '../test/specification/projection.ts'
import { tasks } from './tasks.ts'

const at = '2026-01-05T08:00:00.000Z'
const created = fact('TaskCreated', {
  taskId: 'task-1',
  kind: 'written',
  title: 'Arrumar a montra',
  note: '',
  assignee: { kind: 'department', id: 'loja' },
  dueOn: '2026-01-06',
  subject: { kind: 'product', id: 'rice' },
  locationId: null,
  createdBy: 'ana',
  at,
})
const after = (...events: GivenEvent[]) => project(tasks, [created, ...events]).documents['task-1']

test('a task is open, and found by who has to do it and by what it is about', () =>
  project(tasks, [created]).equals({
    'task-1': {
      taskId: 'task-1',
      kind: 'written',
      title: 'Arrumar a montra',
      note: '',
      assignee: { kind: 'department', id: 'loja' },
      assigneeKey: 'department:loja',
      dueOn: '2026-01-06',
      subject: { kind: 'product', id: 'rice' },
      subjectKey: 'product:rice',
      locationId: null,
      createdBy: 'ana',
      createdAt: at,
      status: 'open',
      doneBy: null,
      endedAt: null,
    },
  }))

test('a task can be given to another, put off, done, taken up again and dropped', () => {
  const given = after(fact('TaskReassigned', { taskId: 'task-1', assignee: { kind: 'person', id: 'rui' }, at }))
  assert.equal(given?.assigneeKey, 'person:rui')
  assert.equal(after(fact('TaskRescheduled', { taskId: 'task-1', dueOn: null, at }))?.dueOn, null)
  const completed = fact('TaskCompleted', { taskId: 'task-1', by: 'rui', at })
  const done = after(completed)
  assert.deepEqual([done?.status, done?.doneBy, done?.endedAt], ['done', 'rui', at])
  const again = after(completed, fact('TaskReopened', { taskId: 'task-1', at }))
  assert.deepEqual([again?.status, again?.doneBy, again?.endedAt], ['open', null, null])
  assert.equal(after(fact('TaskCancelled', { taskId: 'task-1', at }))?.status, 'cancelled')
})
