// Commands on tasks.
import { person } from '../domain/people/person.ts'
import type { Assignee } from '../domain/tasks/events.ts'
import { type TaskCommands, task } from '../domain/tasks/task.ts'
import type { Made } from './change.ts'
import { type Context, type Desk, type Outcome, personIn } from './handling.ts'
import { refuse, type Unit } from './unit.ts'

/** A task that a person writes. `dueOn`: YYYY-MM-DD. */
export type NewTask = Omit<TaskCommands['CreateTask'], 'taskId' | 'kind' | 'createdBy' | 'at'>

/** A task is given to people who are there; leaves the unit with `unknown-person` { personId }. */
const mustBeThere = (unit: Unit, { kind, id }: Assignee): void => {
  if (kind === 'person' && unit.state(person, id).status !== 'active') refuse('unknown-person', { personId: id })
}

/** Decides one command on a task. */
const decide = <K extends keyof TaskCommands & string>(
  { commands, now }: Desk,
  type: K,
  command: (at: string) => TaskCommands[K],
  context: Context,
): Promise<Outcome<Made>> => {
  const decided = command(now().toISOString())
  return commands.execute(context, (unit) => {
    if ('assignee' in decided) mustBeThere(unit, decided.assignee)
    unit.decide(task, decided.taskId, type, decided)
    return { id: decided.taskId }
  })
}

/** Rejections: `unknown-person` { personId }. */
export function createTask({ commands, newId, now }: Desk, details: NewTask, context: Context): Promise<Outcome<Made>> {
  const id = newId()
  const at = now().toISOString()
  return commands.execute(context, (unit) => {
    mustBeThere(unit, details.assignee)
    const creation = { taskId: id, kind: 'written', ...details, createdBy: personIn(context), at } as const
    unit.create(task, id, 'CreateTask', creation)
    return { id }
  })
}

/** Rejections: `unknown-task` { taskId }, `task-not-open` { taskId, status }, `unknown-person` { personId }. */
export const reassignTask = (
  desk: Desk,
  { taskId, assignee }: { readonly taskId: string; readonly assignee: Assignee },
  context: Context,
) => decide(desk, 'ReassignTask', (at) => ({ taskId, assignee, at }), context)

/** Rejections: `unknown-task`, `task-not-open`. */
export const rescheduleTask = (
  desk: Desk,
  { taskId, dueOn }: { readonly taskId: string; readonly dueOn: string | null },
  context: Context,
) => decide(desk, 'RescheduleTask', (at) => ({ taskId, dueOn, at }), context)

/** By whoever gives the command. Rejections: `unknown-task`, `task-not-open`. */
export const completeTask = (desk: Desk, taskId: string, context: Context) =>
  decide(desk, 'CompleteTask', (at) => ({ taskId, by: personIn(context), at }), context)

/** Rejections: `unknown-task`. */
export const reopenTask = (desk: Desk, taskId: string, context: Context) =>
  decide(desk, 'ReopenTask', (at) => ({ taskId, at }), context)

/** Rejections: `unknown-task`, `task-not-open`. */
export const cancelTask = (desk: Desk, taskId: string, context: Context) =>
  decide(desk, 'CancelTask', (at) => ({ taskId, at }), context)
