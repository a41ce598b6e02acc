// Everything that can happen to a task given to a person or a department.
import { z } from 'zod'
import { type DataOf, events, v1 } from '../../kernel/event.ts'
import { day, id, instant, note, text } from '../values.ts'

export const assignee = z.strictObject({ kind: z.enum(['person', 'department']), id })
export type Assignee = z.infer<typeof assignee>

/** What the task is about, so that its page can link there. */
export const subject = z.strictObject({ kind: z.enum(['product', 'sale', 'customer', 'purchase-order']), id })

export const taskEvents = events('task', {
  /** `kind` tells tasks that the system makes from those that people write; `title` is shown as it is for the latter. */
  TaskCreated: v1({
    taskId: id,
    kind: z.enum(['written', 'count-stock']),
    title: text,
    note,
    assignee,
    dueOn: day.nullable(),
    subject: subject.nullable(),
    locationId: id.nullable(),
    createdBy: id.nullable(),
    at: instant,
  }),
  TaskReassigned: v1({ taskId: id, assignee, at: instant }),
  TaskRescheduled: v1({ taskId: id, dueOn: day.nullable(), at: instant }),
  TaskCompleted: v1({ taskId: id, by: id, at: instant }),
  TaskReopened: v1({ taskId: id, at: instant }),
  TaskCancelled: v1({ taskId: id, at: instant }),
})
export type TaskEvents = DataOf<typeof taskEvents>
