// Which tasks the list shows for the filter in its address.
import { type Task, tasks } from '../../../projections/tasks.ts'
import type { TaskOwner, TaskShow } from '../../../views/pages/tasks.ts'
import type { Where } from '../../kernel/read-models.ts'
import { type AppContext, callerMay } from '../environment.ts'
import { assigneesOf } from '../reach.ts'
import { type PageAsked, pageQuery } from './listing.ts'

export interface TaskFilter {
  readonly show: TaskShow
  readonly whose: TaskOwner
  readonly search: string
  /** The company's day. */
  readonly today: string
}

/** Whose tasks the caller may look at. */
export async function ownersFor(c: AppContext): Promise<readonly [TaskOwner, ...TaskOwner[]]> {
  const { departments } = await assigneesOf(c)
  const own: readonly [TaskOwner, ...TaskOwner[]] = departments.length > 0 ? ['ours', 'mine', 'departments'] : ['mine']
  return callerMay(c, 'tasks.assign') ? [...own, 'all'] : own
}

async function whereOf(c: AppContext, { show, whose, today }: TaskFilter): Promise<Where<Task>> {
  const own = await assigneesOf(c)
  const keys = { ours: own.all, mine: [own.person], departments: own.departments }
  return {
    status: show === 'overdue' ? 'open' : show,
    ...(show === 'overdue' && { dueOn: { lt: today } }),
    ...(whose !== 'all' && { assigneeKey: { in: keys[whose] } }),
  }
}

/** As many open tasks as one list shows: more than anybody has before them. */
const mostOpen = 500

/** The tasks that the filter finds: open ones by when they are due, those without a day last; the others the latest first, in pages. */
export async function findTasks(c: AppContext, filter: TaskFilter, asked: PageAsked) {
  const { models } = c.get('system')
  const where = await whereOf(c, filter)
  const text = filter.search !== '' && { text: filter.search }
  if (filter.show === 'done' || filter.show === 'cancelled') {
    const latestFirst = { by: 'createdAt', direction: 'descending' } as const
    const page = await models.find(tasks, { where, ...text, sort: latestFirst, ...pageQuery(asked) })
    return { tasks: page.items.map(({ document }) => document), next: page.next }
  }
  const [dated, undated] = await Promise.all([
    models.find(tasks, { where: { dueOn: { gte: '' }, ...where }, ...text, sort: { by: 'dueOn' }, limit: mostOpen }),
    filter.show === 'open'
      ? models.find(tasks, { where: { ...where, dueOn: null }, ...text, sort: { by: 'createdAt' }, limit: mostOpen })
      : { items: [] },
  ])
  return { tasks: [...dated.items, ...undated.items].map(({ document }) => document), next: undefined }
}

/** How many tasks the filter finds. */
export async function countTasks(c: AppContext, filter: TaskFilter): Promise<number> {
  return c.get('system').models.count(tasks, { where: await whereOf(c, filter) })
}
