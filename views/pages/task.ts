// One task: what is to be done, by whom and by when, and what became of it.
import type { Task } from '../../projections/tasks.ts'
import {
  type Choice,
  card,
  dateInput,
  detailList,
  type Fact,
  type FormState,
  form,
  hidden,
  input,
  linkButton,
  pageHead,
  pathline,
  select,
  submitButton,
  textarea,
} from '../components/index.ts'
import { type Content, type Html, html } from '../html.ts'
import type { Reader } from '../reader.ts'
import { completion, taskStatus, taskTitle } from './tasks.ts'

export interface TaskPage {
  readonly task: Task
  readonly assignee: string
  readonly location: string | undefined
  /** Null: the system. */
  readonly createdBy: string | null
  readonly doneBy: string | null
  readonly today: string
  readonly mayDo: boolean
  readonly mayDirect: boolean
}

export const taskContent = (reader: Reader, page: TaskPage): Html => {
  const { t, format } = reader
  const { task } = page
  const { subject } = task
  const rows: (readonly [string, Content])[] = [
    [t('tasks.assignee'), page.assignee],
    [t('tasks.due'), task.dueOn === null ? t('tasks.no-due') : format.date(task.dueOn)],
  ]
  if (page.location !== undefined) rows.push([t('common.location'), page.location])
  if (subject)
    rows.push([
      t('tasks.about'),
      html`<a href="${placeOf[subject.kind]}/${subject.id}">${t(`tasks.about.${subject.kind}`)}</a>`,
    ])
  return html`${pageHead({
    back: { href: '/tasks', label: t('tasks.title') },
    title: taskTitle(reader, task),
    lead: taskStatus(reader, task, page.today),
    actions: html`${page.mayDo && completion(reader, task)}${page.mayDirect && task.status === 'open' && direction(reader, page)}`,
  })}
<div class="columns-wide">
  ${card({
    title: t('common.details'),
    body: html`${detailList(rows)}${task.note !== '' && html`<p class="note">${task.note}</p>`}`,
  })}
  ${card({ title: t('tasks.story'), body: pathline(t('tasks.story'), story(reader, page)) })}
</div>`
}

const placeOf = {
  product: '/products',
  sale: '/sales',
  customer: '/customers',
  'purchase-order': '/orders',
} as const

const direction = (reader: Reader, { task }: TaskPage): Html => {
  const { t } = reader
  const path = `/tasks/${task.taskId}`
  const question = t('tasks.cancel-confirm', { title: taskTitle(reader, task) })
  return html`${linkButton(`${path}/edit`, { label: t('tasks.change'), icon: 'edit' })}
<form method="post" action="${path}/cancel" data-guarded data-confirm="${question}">${submitButton({ label: t('tasks.cancel'), look: 'plain' })}</form>`
}

const story = (reader: Reader, { task, createdBy, doneBy }: TaskPage): readonly Fact[] => {
  const { t, format } = reader
  const when = (instant: string) => ({ instant, text: format.dateTime(instant) })
  const created: Fact = {
    title: t('tasks.was-created'),
    when: when(task.createdAt),
    who: createdBy ?? t('tasks.by-system'),
  }
  if (task.endedAt === null) {
    const due = task.dueOn !== null && { body: t('tasks.due-on', { date: format.date(task.dueOn) }) }
    return [created, { title: t('tasks.to-be-done'), pending: true, ...due }]
  }
  const isDone = task.status === 'done'
  return [
    created,
    {
      title: t(isDone ? 'tasks.status.done' : 'tasks.status.cancelled'),
      when: when(task.endedAt),
      ...(doneBy !== null && { who: doneBy }),
      tone: isDone ? 'good' : 'neutral',
    },
  ]
}

export interface TaskFormPage {
  readonly title: string
  readonly action: string
  readonly back: { readonly href: string; readonly label: string }
  readonly button: string
  readonly state: FormState
  /** Whom it can be given to: `person:<id>` or `department:<name>`. */
  readonly assignees: readonly Choice[]
  /** A new task is written; of one that exists only who and when can change. */
  readonly isNew: boolean
}

export const taskFormContent = (reader: Reader, page: TaskFormPage): Html => {
  const { t } = reader
  const labels = {
    title: t('tasks.what'),
    assignee: t('tasks.assignee'),
    dueOn: t('tasks.due'),
    note: t('common.note'),
  }
  const state: FormState = { ...page.state, labels }
  return html`<div class="narrow stack">
${pageHead({ title: page.title, back: page.back })}
${form(reader, {
  action: page.action,
  state,
  body: html`${hidden('formKey', state.values?.formKey ?? '')}
    ${page.isNew && input(reader, state, { name: 'title', label: t('tasks.what'), required: true, attrs: { autocomplete: 'off', autofocus: true } })}
    ${select(reader, state, { name: 'assignee', label: t('tasks.assignee'), required: true, width: 'medium', choices: page.assignees, empty: t('tasks.choose-assignee') })}
    ${dateInput(reader, state, { name: 'dueOn', label: t('tasks.due') })}
    ${page.isNew && textarea(reader, state, { name: 'note', label: t('common.note') })}`,
  actions: html`${submitButton({ label: page.button })}${linkButton(page.back.href, { label: t('common.cancel') })}`,
})}
</div>`
}
