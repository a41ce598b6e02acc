// The list of tasks, and one task's page with what can be done about it.
import { Hono } from 'hono'
import { locations } from '../../../projections/locations.ts'
import { type Task, tasks } from '../../../projections/tasks.ts'
import { layout } from '../../../views/layout.ts'
import type { PlainKey } from '../../../views/locales/index.ts'
import { taskContent } from '../../../views/pages/task.ts'
import { taskOwners, taskShows, tasksContent, taskTitle } from '../../../views/pages/tasks.ts'
import { cancelTask, completeTask, reopenTask } from '../../commands/tasks.ts'
import type { Assets } from '../assets.ts'
import { authorise } from '../authenticate.ts'
import { tellDone } from '../consistency.ts'
import { type AppContext, callerMay, commandContext, type Environment } from '../environment.ts'
import { ProblemError } from '../problems.ts'
import { type Reach, reachOf } from '../reach.ts'
import { today } from '../today.ts'
import { frameOf } from './frame.ts'
import { addressOf, hereOf, type Parameters, pageAsked, pagerOf } from './listing.ts'
import { assigneeNames, namesOf } from './named-people.ts'
import { leadBack } from './redirect.ts'
import { countTasks, findTasks, ownersFor } from './task-list.ts'
import { tell } from './toasts.ts'

/** The task of the address, and what the caller may do about it; to others it is not there. */
export async function taskOf(c: AppContext): Promise<{ readonly task: Task; readonly reach: Reach }> {
  const found = await c.get('system').models.get(tasks, c.req.param('id') ?? '')
  if (!found) throw new ProblemError('unknown-task')
  const reach = await reachOf(c, found.document)
  if (!reach.maySee) throw new ProblemError('unknown-task')
  return { task: found.document, reach }
}

export function tasksPages(assets: Assets): Hono<Environment> {
  const pages = new Hono<Environment>()

  pages.get('/tasks', authorise('tasks.read'), async (c) => {
    const frame = await frameOf(c, assets)
    const { reader } = frame
    const day = today(c, reader.format.timeZone)
    const owners = await ownersFor(c)
    const show = taskShows.find((known) => known === c.req.query('show')) ?? 'open'
    const whose = taskOwners.find((known) => owners.includes(known) && known === c.req.query('whose')) ?? owners[0]
    const search = (c.req.query('search') ?? '').slice(0, 200)
    const parameters = { show: show === 'open' ? undefined : show, whose: c.req.query('whose'), search }
    const address = (change: Parameters) => addressOf('/tasks', { ...parameters, ...change })
    const asked = pageAsked(c)
    const filter = { whose, search, today: day }
    const [found, open, overdue] = await Promise.all([
      findTasks(c, { ...filter, show }, asked),
      countTasks(c, { ...filter, show: 'open' }),
      countTasks(c, { ...filter, show: 'overdue' }),
    ])
    const nameOf = await assigneeNames(
      c,
      reader,
      found.tasks.map(({ assignee }) => assignee),
    )
    const lines = await Promise.all(
      found.tasks.map(async (task) => ({
        task,
        assignee: nameOf(task.assignee),
        mayDo: (await reachOf(c, task)).mayDo,
      })),
    )
    const main = tasksContent(reader, {
      lines,
      counts: { open, overdue },
      show,
      whose,
      owners,
      search,
      here: hereOf(c),
      hrefOf: (show) => address({ show: show === 'open' ? undefined : show }),
      pager: pagerOf(address, asked, found.next),
      today: day,
      mayWrite: callerMay(c, 'tasks.write'),
    })
    return c.html(layout(frame, { title: reader.t('tasks.title'), main, current: 'tasks' }))
  })

  pages.get('/tasks/:id{[\\w-]{8,}}', authorise('tasks.read'), async (c) => {
    const frame = await frameOf(c, assets)
    const { reader } = frame
    const { task, reach } = await taskOf(c)
    const [nameOf, assigneeOf, location] = await Promise.all([
      namesOf(c, reader, [task.createdBy, task.doneBy]),
      assigneeNames(c, reader, [task.assignee]),
      task.locationId === null ? undefined : c.get('system').models.get(locations, task.locationId),
    ])
    const main = taskContent(reader, {
      task,
      assignee: assigneeOf(task.assignee),
      location: location?.document.name,
      createdBy: task.kind === 'written' ? (nameOf(task.createdBy) ?? null) : null,
      doneBy: nameOf(task.doneBy) ?? null,
      today: today(c, reader.format.timeZone),
      ...reach,
    })
    return c.html(layout(frame, { title: taskTitle(reader, task), main, current: 'tasks' }))
  })

  /** A press of a button on a task. */
  const press = (
    verb: string,
    command: typeof completeTask,
    needs: keyof Reach,
    said: PlainKey,
    undo?: (task: Task) => string,
  ) =>
    pages.post(`/tasks/:id/${verb}`, authorise('tasks.write'), async (c) => {
      const { task, reach } = await taskOf(c)
      if (!reach[needs]) throw new ProblemError('forbidden')
      const outcome = await command(c.get('system'), task.taskId, commandContext(c))
      tellDone(c, outcome)
      tell(c, said, 'good', undo?.(task))
      return leadBack(c, `/tasks/${task.taskId}`)
    })
  const reopening = ({ taskId }: Task) => `/tasks/${taskId}/reopen`
  press('complete', completeTask, 'mayDo', 'tasks.completed', reopening)
  press('reopen', reopenTask, 'mayDo', 'tasks.reopened')
  press('cancel', cancelTask, 'mayDirect', 'tasks.was-cancelled', reopening)

  return pages
}
