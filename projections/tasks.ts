// What people and departments have to do, by when, and what became of it.
import type { DomainEvents } from '../src/domain/events.ts'
import type { Assignee } from '../src/domain/tasks/events.ts'
import { asItBegan, projection } from './projection.ts'

type Created = DomainEvents['TaskCreated']

export interface Task {
  readonly taskId: string
  readonly kind: Created['kind']
  readonly title: string
  readonly note: string
  readonly assignee: Assignee
  /** `person:<id>` or `department:<name>` */
  readonly assigneeKey: string
  readonly dueOn: string | null
  readonly subject: Created['subject']
  /** `product:<id>`, … ; null without a subject. */
  readonly subjectKey: string | null
  readonly locationId: string | null
  readonly createdBy: string | null
  readonly createdAt: string
  readonly status: 'open' | 'done' | 'cancelled'
  /** Who did it; null while it is not done. */
  readonly doneBy: string | null
  /** When it was done or cancelled. */
  readonly endedAt: string | null
}

/** By which a task of a person or a department is found. */
export const assigneeKey = ({ kind, id }: Assignee) => `${kind}:${id}`

const key = ({ data }: { readonly data: { readonly taskId: string } }) => data.taskId

export const tasks = projection<Task>('tasks', {
  version: 1,
  indexes: ['createdAt', ['status', 'dueOn'], ['assigneeKey', 'status', 'dueOn'], 'subjectKey'],
  search: ['title'],
  on: {
    TaskCreated: {
      key,
      initial: ({ data: { at, ...task } }) => ({
        ...task,
        assigneeKey: assigneeKey(task.assignee),
        subjectKey: task.subject && `${task.subject.kind}:${task.subject.id}`,
        createdAt: at,
        status: 'open',
        doneBy: null,
        endedAt: null,
      }),
      apply: asItBegan,
    },
    TaskReassigned: {
      key,
      apply: (task, { data: { assignee } }) => ({ ...task, assignee, assigneeKey: assigneeKey(assignee) }),
    },
    TaskRescheduled: { key, apply: (task, { data }) => ({ ...task, dueOn: data.dueOn }) },
    TaskCompleted: {
      key,
      apply: (task, { data: { by, at } }) => ({ ...task, status: 'done', doneBy: by, endedAt: at }),
    },
    TaskReopened: { key, apply: (task) => ({ ...task, status: 'open', doneBy: null, endedAt: null }) },
    TaskCancelled: { key, apply: (task, { data }) => ({ ...task, status: 'cancelled', endedAt: data.at }) },
  },
})
