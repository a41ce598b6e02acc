import { test } from 'node:test'
import { given } from '../../../test/specification/decider.ts'
import { event } from '../../kernel/event.ts'
import type { TaskEvents } from './events.ts'
import { task } from './task.ts'

const at = '2026-03-02T08:00:00.000Z'
const taskId = 'shelves'
const fact = <K extends keyof TaskEvents & string>(type: K, data: TaskEvents[K]) => event(type, data)
const created = fact('TaskCreated', {
  taskId,
  kind: 'written',
  title: 'Arrumar as prateleiras',
  note: '',
  assignee: { kind: 'department', id: 'loja' },
  dueOn: '2026-03-05',
  subject: null,
  locationId: 'baixa',
  createdBy: 'ana',
  at,
})
const done = fact('TaskCompleted', { taskId, by: 'rui', at })
const cancelled = fact('TaskCancelled', { taskId, at })
const reopened = fact('TaskReopened', { taskId, at })

test('a task is created once', () => {
  given(task).when('CreateTask', created.data).then([created])
  given(task, [created]).when('CreateTask', created.data).thenRejected('already-created', { taskId })
})

test('an open task is given to another and put off; the same again changes nothing', () => {
  const toRui = fact('TaskReassigned', { taskId, assignee: { kind: 'person', id: 'rui' }, at })
  const later = fact('TaskRescheduled', { taskId, dueOn: null, at })
  given(task, [created]).when('ReassignTask', toRui.data).then([toRui])
  given(task, [created, toRui]).when('ReassignTask', toRui.data).thenNothing()
  given(task, [created]).when('RescheduleTask', later.data).then([later])
  given(task, [created, later]).when('RescheduleTask', later.data).thenNothing()
})

test('a task is done once: who comes second is only late', () => {
  given(task, [created]).when('CompleteTask', done.data).then([done])
  given(task, [created, done]).when('CompleteTask', { taskId, by: 'ana', at }).thenNothing()
})

test('what is done or cancelled can be taken up again', () => {
  given(task, [created, done]).when('ReopenTask', { taskId, at }).then([reopened])
  given(task, [created, cancelled]).when('ReopenTask', { taskId, at }).then([reopened])
  given(task, [created]).when('ReopenTask', { taskId, at }).thenNothing()
  given(task, [created, done, reopened]).when('CompleteTask', done.data).then([done])
})

test('a task is cancelled once', () => {
  given(task, [created]).when('CancelTask', { taskId, at }).then([cancelled])
  given(task, [created, cancelled]).when('CancelTask', { taskId, at }).thenNothing()
})

test('a task that is not open is left as it is', () => {
  given(task, [created, cancelled])
    .when('CompleteTask', done.data)
    .thenRejected('task-not-open', { taskId, status: 'cancelled' })
  given(task, [created, done])
    .when('CancelTask', { taskId, at })
    .thenRejected('task-not-open', { taskId, status: 'done' })
  given(task, [created, done])
    .when('RescheduleTask', { taskId, dueOn: null, at })
    .thenRejected('task-not-open', { taskId, status: 'done' })
})

test('a task that was never created is refused', () => {
  given(task).when('CompleteTask', done.data).thenRejected('unknown-task', { taskId })
  given(task).when('ReopenTask', { taskId, at }).thenRejected('unknown-task', { taskId })
})
