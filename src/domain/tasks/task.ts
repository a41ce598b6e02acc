// The rules of tasks: given to a person or a department, done, taken up again or dropped.
import { type Decider, nothing, type Rejection, reject } from '../../kernel/decider.ts'
import { type EventIn, event } from '../../kernel/event.ts'
import { changes } from '../changes.ts'
import { type Assignee, type TaskEvents, taskEvents } from './events.ts'

export type TaskCommands = {
  CreateTask: TaskEvents['TaskCreated']
  ReassignTask: TaskEvents['TaskReassigned']
  RescheduleTask: TaskEvents['TaskRescheduled']
  CompleteTask: TaskEvents['TaskCompleted']
  ReopenTask: TaskEvents['TaskReopened']
  CancelTask: TaskEvents['TaskCancelled']
}

/** A task as it stands. */
export type Task = {
  readonly status: 'open' | 'done' | 'cancelled'
  readonly assignee: Assignee
  readonly dueOn: string | null
}

type Decision = readonly EventIn<TaskEvents>[] | Rejection

/** A rule for tasks that exist. */
const created =
  <Command extends { readonly taskId: string }>(decide: (task: Task, command: Command) => Decision) =>
  (task: Task | null, command: Command): Decision =>
    task ? decide(task, command) : reject('unknown-task', { taskId: command.taskId })

/** A rule for tasks that are still to be done. */
const open = <Command extends { readonly taskId: string }>(decide: (task: Task, command: Command) => Decision) =>
  created<Command>((task, command) =>
    task.status === 'open'
      ? decide(task, command)
      : reject('task-not-open', { taskId: command.taskId, status: task.status }),
  )

/**
 * The state is null until the task is created.
 * CreateTask: `already-created`. The others: `unknown-task` { taskId }, and `task-not-open` { taskId, status } where only an open task serves.
 */
export const task: Decider<TaskCommands, TaskEvents, Task | null> = {
  events: taskEvents,
  initial: null,

  decide: {
    CreateTask: (task, command) =>
      task ? reject('already-created', { taskId: command.taskId }) : [event('TaskCreated', command)],
    ReassignTask: open((task, command) =>
      changes(task, { assignee: command.assignee }) ? [event('TaskReassigned', command)] : nothing,
    ),
    RescheduleTask: open((task, command) =>
      changes(task, { dueOn: command.dueOn }) ? [event('TaskRescheduled', command)] : nothing,
    ),
    // Two people may do the same task at once: the second is not wrong, only late.
    CompleteTask: (task, command) => (task?.status === 'done' ? nothing : complete(task, command)),
    ReopenTask: created((task, command) => (task.status === 'open' ? nothing : [event('TaskReopened', command)])),
    CancelTask: (task, command) => (task?.status === 'cancelled' ? nothing : cancel(task, command)),
  },

  evolve: {
    TaskCreated: (_, { assignee, dueOn }) => ({ status: 'open', assignee, dueOn }),
    TaskReassigned: (task, { assignee }) => task && { ...task, assignee },
    TaskRescheduled: (task, { dueOn }) => task && { ...task, dueOn },
    TaskCompleted: (task) => task && { ...task, status: 'done' },
    TaskReopened: (task) => task && { ...task, status: 'open' },
    TaskCancelled: (task) => task && { ...task, status: 'cancelled' },
  },
}

const complete = open<TaskCommands['CompleteTask']>((_, command) => [event('TaskCompleted', command)])
const cancel = open<TaskCommands['CancelTask']>((_, command) => [event('TaskCancelled', command)])
