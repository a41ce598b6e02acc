// Tasks written, given to somebody else, and set for another day.
import { Hono } from 'hono'
import { z } from 'zod'
import { assigneeKey } from '../../../projections/tasks.ts'
import type { Choice, FormState } from '../../../views/components/field.ts'
import { layout } from '../../../views/layout.ts'
import { taskFormContent } from '../../../views/pages/task.ts'
import { taskTitle } from '../../../views/pages/tasks.ts'
import type { Reader } from '../../../views/reader.ts'
import { createTask, reassignTask, rescheduleTask } from '../../commands/tasks.ts'
import { assignee } from '../../domain/tasks/events.ts'
import type { Assets } from '../assets.ts'
import { authorise } from '../authenticate.ts'
import { tellPosition } from '../consistency.ts'
import { type AppContext, callerMay, callerOf, type Environment } from '../environment.ts'
import { ProblemError } from '../problems.ts'
import { departmentsOf } from '../reach.ts'
import { formContext, freshForm, typedIn, withIssues, withRejection } from './form.ts'
import { frameOf } from './frame.ts'
import { activePeople } from './named-people.ts'
import { leadTo } from './redirect.ts'
import { taskOf } from './tasks.ts'
import { tell } from './toasts.ts'
import { optionalDay, typedNote, typedText } from './typed.ts'

/** Whom the caller may give tasks: who assigns, anybody; the others themselves and their departments. */
async function choicesOf(c: AppContext, { t }: Reader): Promise<readonly Choice[]> {
  const all = await activePeople(c)
  const assigns = callerMay(c, 'tasks.assign')
  const people = assigns ? all : all.filter(({ personId }) => personId === callerOf(c).sub)
  const departments = assigns ? all.flatMap((person) => person.departments) : await departmentsOf(c)
  return [
    ...people.map(({ personId: id, name }) => ({
      value: assigneeKey({ kind: 'person', id }),
      label: name ?? t('people.somebody'),
    })),
    ...[...new Set(departments)].sort().map((id) => ({
      value: assigneeKey({ kind: 'department', id }),
      label: t('tasks.department', { name: id }),
    })),
  ]
}

/** One of the choices, as it is recorded. */
const typedAssignee = (choices: readonly Choice[]) =>
  z
    .string()
    .min(1)
    .refine((typed) => choices.some(({ value }) => value === typed))
    .transform((typed) => {
      const at = typed.indexOf(':')
      return { kind: typed.slice(0, at), id: typed.slice(at + 1) }
    })
    .pipe(assignee)

export function taskFormPages(assets: Assets): Hono<Environment> {
  const pages = new Hono<Environment>()

  const showNew = async (c: AppContext, state: FormState, status: 200 | 422 = 200) => {
    const frame = await frameOf(c, assets)
    const { t } = frame.reader
    const main = taskFormContent(frame.reader, {
      title: t('tasks.new'),
      action: '/tasks/new',
      back: { href: '/tasks', label: t('tasks.title') },
      button: t('tasks.save-new'),
      state,
      assignees: await choicesOf(c, frame.reader),
      isNew: true,
    })
    return c.html(layout(frame, { title: t('tasks.new'), main, current: 'tasks' }), status)
  }

  const showEdit = async (c: AppContext, state: FormState, status: 200 | 422 = 200) => {
    const frame = await frameOf(c, assets)
    const { t } = frame.reader
    const { task } = await taskOf(c)
    const path = `/tasks/${task.taskId}`
    const main = taskFormContent(frame.reader, {
      title: t('tasks.change-title'),
      action: `${path}/edit`,
      back: { href: path, label: taskTitle(frame.reader, task) },
      button: t('common.save'),
      state,
      assignees: await choicesOf(c, frame.reader),
      isNew: false,
    })
    return c.html(layout(frame, { title: t('tasks.change-title'), main, current: 'tasks' }), status)
  }

  pages.get('/tasks/new', authorise('tasks.write'), (c) =>
    showNew(c, freshForm(c, { assignee: assigneeKey({ kind: 'person', id: callerOf(c).sub }) })),
  )

  pages.post('/tasks/new', authorise('tasks.write'), async (c) => {
    const { reader } = await frameOf(c, assets)
    const typed = await typedIn(c)
    const asked = z.object({
      title: typedText(),
      assignee: typedAssignee(await choicesOf(c, reader)),
      dueOn: optionalDay(),
      note: typedNote(),
    })
    const parsed = asked.safeParse(typed)
    if (!parsed.success) return showNew(c, withIssues(reader, typed, parsed.error), 422)
    const task = { ...parsed.data, subject: null, locationId: null }
    const outcome = await createTask(c.get('system'), task, formContext(c, typed))
    if (outcome.rejected) return showNew(c, withRejection(reader, typed, outcome, 'assignee'), 422)
    tellPosition(c, outcome.position)
    tell(c, 'tasks.created')
    return leadTo(c, `/tasks/${outcome.value.id}`)
  })

  pages.get('/tasks/:id/edit', authorise('tasks.write'), async (c) => {
    const { task, reach } = await taskOf(c)
    if (!reach.mayDirect) throw new ProblemError('forbidden')
    return showEdit(c, freshForm(c, { assignee: task.assigneeKey, dueOn: task.dueOn ?? '' }))
  })

  pages.post('/tasks/:id/edit', authorise('tasks.write'), async (c) => {
    const { reader } = await frameOf(c, assets)
    const { task, reach } = await taskOf(c)
    if (!reach.mayDirect) throw new ProblemError('forbidden')
    const { taskId } = task
    const typed = await typedIn(c)
    const asked = z.object({ assignee: typedAssignee(await choicesOf(c, reader)), dueOn: optionalDay() })
    const parsed = asked.safeParse(typed)
    if (!parsed.success) return showEdit(c, withIssues(reader, typed, parsed.error), 422)
    const given = { taskId, assignee: parsed.data.assignee }
    const reassigned = await reassignTask(c.get('system'), given, formContext(c, typed, 'who'))
    if (reassigned.rejected) return showEdit(c, withRejection(reader, typed, reassigned, 'assignee'), 422)
    const set = { taskId, dueOn: parsed.data.dueOn }
    const rescheduled = await rescheduleTask(c.get('system'), set, formContext(c, typed, 'when'))
    if (rescheduled.rejected) return showEdit(c, withRejection(reader, typed, rescheduled, 'dueOn'), 422)
    tellPosition(c, rescheduled.position)
    tell(c, 'common.saved')
    return leadTo(c, `/tasks/${taskId}`)
  })

  return pages
}
