// Tasks: given to people and departments, done, put off.
import { z } from '@hono/zod-openapi'
import { type Task, tasks } from '../../../projections/tasks.ts'
import { cancelTask, completeTask, createTask, reassignTask, reopenTask, rescheduleTask } from '../../commands/tasks.ts'
import { assignee, subject } from '../../domain/tasks/events.ts'
import { caughtUp } from '../consistency.ts'
import { type AppContext, callerMay, callerOf, commandContext } from '../environment.ts'
import { filters } from '../filters.ts'
import { ProblemError } from '../problems.ts'
import { assigneesOf, reachOf } from '../reach.ts'
import { day, id, line, remark } from './fields.ts'
import { found, paged, pageFrom } from './lists.ts'
import { apiRoutes, commandAnswer, done, idParam, pageOf, paging, route } from './route.ts'

const tag = 'Tasks'
const made = commandAnswer({ id: z.string() })
const status = z.enum(['open', 'done', 'cancelled'])

const taskView = z
  .object({
    id: z.string(),
    kind: z.string(),
    title: z.string(),
    note: z.string(),
    assignee,
    dueOn: z.string().nullable(),
    subject: subject.nullable(),
    locationId: z.string().nullable(),
    createdBy: z.string().nullable(),
    createdAt: z.string(),
    status,
    doneBy: z.string().nullable(),
    endedAt: z.string().nullable(),
  })
  .openapi('Task')

const present = ({ taskId, assigneeKey: _, subjectKey: _key, ...rest }: Task) => ({ id: taskId, ...rest })

/** A task that the caller may see, and do or direct as asked. */
async function within(c: AppContext, taskId: string, asked: 'maySee' | 'mayDo' | 'mayDirect'): Promise<Task> {
  const task = await found(c, tasks, taskId, 'unknown-task')
  if (!(await reachOf(c, task))[asked]) throw new ProblemError('forbidden')
  return task
}

export function tasksApi() {
  const api = apiRoutes()

  api.openapi(
    route(
      'get',
      '/api/tasks',
      {
        query: z.object({
          ...paging,
          status: status.optional(),
          assignee: z
            .string()
            .max(220)
            .optional()
            .describe('`person:<id>`, `department:<name>`, `mine` or `all`; mine unless named'),
        }),
      },
      { summary: 'List tasks by the day they are due', tag, permission: 'tasks.read', answer: pageOf(taskView) },
    ),
    async (c) => {
      const { status, assignee = 'mine', ...page } = c.req.valid('query')
      const own = (await assigneesOf(c)).all
      if (assignee !== 'mine' && !own.includes(assignee) && !callerMay(c, 'tasks.assign'))
        throw new ProblemError('forbidden', { permission: 'tasks.assign' })
      const of = assignee === 'mine' ? { in: own } : assignee === 'all' ? undefined : assignee
      const query = {
        where: filters({ status, assigneeKey: of }),
        sort: { by: 'dueOn' } as const,
        ...paged(page),
      }
      return c.json(await pageFrom(c, tasks, query, (documents) => documents.map(present)))
    },
  )

  api.openapi(
    route(
      'post',
      '/api/tasks',
      {
        body: z.strictObject({
          title: line,
          note: remark.default(''),
          assignee: assignee.optional().describe('Yourself unless named'),
          dueOn: day.nullable().default(null),
          subject: subject.nullable().default(null),
          locationId: id.nullable().default(null),
        }),
      },
      { summary: 'Write a task', tag, permission: 'tasks.write', status: 201, answer: made },
    ),
    async (c) => {
      const asked = c.req.valid('json')
      const own = { kind: 'person', id: callerOf(c).sub } as const
      const task = { ...asked, assignee: asked.assignee ?? own }
      if (
        !callerMay(c, 'tasks.assign') &&
        !(await assigneesOf(c)).all.includes(`${task.assignee.kind}:${task.assignee.id}`)
      )
        throw new ProblemError('forbidden', { permission: 'tasks.assign' })
      return c.json(done(c, await createTask(c.get('system'), task, commandContext(c, asked))), 201)
    },
  )

  api.openapi(
    route(
      'get',
      '/api/tasks/{id}',
      { params: idParam },
      { summary: 'Show a task', tag, permission: 'tasks.read', answer: taskView },
    ),
    async (c) => c.json(present(await within(c, c.req.valid('param').id, 'maySee'))),
  )

  api.openapi(
    route(
      'post',
      '/api/tasks/{id}/assign',
      { params: idParam, body: z.strictObject({ assignee }) },
      { summary: 'Give a task to somebody else', tag, permission: 'tasks.write', answer: made },
    ),
    async (c) => {
      const asked = { taskId: c.req.valid('param').id, ...c.req.valid('json') }
      await caughtUp(c)
      await within(c, asked.taskId, 'mayDirect')
      return c.json(done(c, await reassignTask(c.get('system'), asked, commandContext(c, asked))))
    },
  )

  api.openapi(
    route(
      'post',
      '/api/tasks/{id}/reschedule',
      { params: idParam, body: z.strictObject({ dueOn: day.nullable() }) },
      { summary: 'Set another day for a task', tag, permission: 'tasks.write', answer: made },
    ),
    async (c) => {
      const asked = { taskId: c.req.valid('param').id, ...c.req.valid('json') }
      await caughtUp(c)
      await within(c, asked.taskId, 'mayDirect')
      return c.json(done(c, await rescheduleTask(c.get('system'), asked, commandContext(c, asked))))
    },
  )

  for (const [verb, summary, command, needed] of [
    ['complete', 'Say that a task is done', completeTask, 'mayDo'],
    ['reopen', 'Open a task again', reopenTask, 'mayDo'],
    ['cancel', 'Cancel a task', cancelTask, 'mayDirect'],
  ] as const)
    api.openapi(
      route(
        'post',
        `/api/tasks/{id}/${verb}`,
        { params: idParam },
        { summary, tag, permission: 'tasks.write', answer: made },
      ),
      async (c) => {
        const { id: taskId } = c.req.valid('param')
        await caughtUp(c)
        await within(c, taskId, needed)
        return c.json(done(c, await command(c.get('system'), taskId, commandContext(c))))
      },
    )

  return api
}
