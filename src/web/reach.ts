// The reach of a person's tasks: whose they see, which they may do, and which they may give to somebody else.
import { people } from '../../projections/people.ts'
import { assigneeKey, type Task } from '../../projections/tasks.ts'
import { type AppContext, callerMay, callerOf } from './environment.ts'

/** The caller's departments. */
export async function departmentsOf(c: AppContext): Promise<readonly string[]> {
  const person = await c.get('system').models.get(people, callerOf(c).sub)
  return person?.document.departments ?? []
}

/** As whom the caller is given tasks: themselves, and each of their departments. */
export async function assigneesOf(c: AppContext) {
  const person = assigneeKey({ kind: 'person', id: callerOf(c).sub })
  const departments = (await departmentsOf(c)).map((id) => assigneeKey({ kind: 'department', id }))
  return { person, departments, all: [person, ...departments] }
}

export interface Reach {
  readonly maySee: boolean
  /** Complete and reopen it. */
  readonly mayDo: boolean
  /** Give it to somebody else, set another day, cancel it. */
  readonly mayDirect: boolean
}

/** What the caller may do about a task: it is theirs or their department's, they wrote it, or they assign tasks. */
export async function reachOf(c: AppContext, task: Pick<Task, 'assigneeKey' | 'createdBy'>): Promise<Reach> {
  const theirs = (await assigneesOf(c)).all.includes(task.assigneeKey)
  const directs = callerMay(c, 'tasks.assign') || task.createdBy === callerOf(c).sub
  const writes = callerMay(c, 'tasks.write')
  return { maySee: theirs || directs, mayDo: writes && (theirs || directs), mayDirect: writes && directs }
}
