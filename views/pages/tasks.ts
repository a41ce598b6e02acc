// The tasks: mine, my departments', everybody's; what is open, late, done.
import type { Task } from '../../projections/tasks.ts'
import {
  actions,
  type Column,
  emptyState,
  filterBar,
  hidden,
  linkButton,
  live,
  type Pager,
  pageHead,
  select,
  status,
  submitButton,
  table,
  tabs,
} from '../components/index.ts'
import { attributes, type Html, html } from '../html.ts'
import type { Reader } from '../reader.ts'

export const taskShows = ['open', 'overdue', 'done', 'cancelled'] as const
export type TaskShow = (typeof taskShows)[number]
export const taskOwners = ['ours', 'mine', 'departments', 'all'] as const
export type TaskOwner = (typeof taskOwners)[number]

export interface TaskLine {
  readonly task: Task
  readonly assignee: string
  readonly mayDo: boolean
}

export interface TasksPage {
  readonly lines: readonly TaskLine[]
  readonly counts: Readonly<Record<'open' | 'overdue', number>>
  readonly show: TaskShow
  readonly whose: TaskOwner
  /** Whose tasks may be looked at. */
  readonly owners: readonly TaskOwner[]
  readonly search: string
  /** The address of this very page. */
  readonly here: string
  readonly hrefOf: (show: TaskShow) => string
  readonly pager: Pager
  /** The company's day. */
  readonly today: string
  readonly mayWrite: boolean
}

/** What is to be done, in the reader's words. */
export const taskTitle = ({ t }: Reader, { kind, title }: Pick<Task, 'kind' | 'title'>): string =>
  kind === 'count-stock' ? t('tasks.count-stock', { product: title }) : title

/** How a task stands, in a shape and a word. */
export const taskStatus = ({ t }: Reader, task: Task, today: string): Html => {
  if (task.status === 'done') return status('good', t('tasks.status.done'))
  if (task.status === 'cancelled') return status('neutral', t('tasks.status.cancelled'))
  return task.dueOn !== null && task.dueOn < today
    ? status('danger', t('tasks.status.overdue'))
    : status('info', t('tasks.status.open'))
}

/** One press completes a task, or takes it up again. */
export const completion = ({ t }: Reader, { taskId, status }: Task, size?: 'small'): Html => {
  const done = status !== 'open'
  return html`<form method="post" action="/tasks/${taskId}/${done ? 'reopen' : 'complete'}" data-guarded>${submitButton(
    {
      label: t(done ? 'tasks.reopen' : 'tasks.complete'),
      look: done || size ? 'plain' : 'primary',
      icon: done ? 'undo' : 'check',
      ...(size && { size }),
    },
  )}</form>`
}

export const tasksContent = (reader: Reader, page: TasksPage): Html => {
  const { t } = reader
  const { show, whose, owners, search } = page
  return html`${pageHead({
    title: t('tasks.title'),
    actions: page.mayWrite && linkButton('/tasks/new', { label: t('tasks.new'), look: 'primary', icon: 'plus' }),
  })}
${tabs(
  t('tasks.title'),
  taskShows.map((known) => ({
    href: page.hrefOf(known),
    label: t(`tasks.show.${known}`),
    current: known === show,
    ...((known === 'open' || known === 'overdue') && { count: page.counts[known] }),
  })),
)}
${filterBar(reader, {
  action: '/tasks',
  search: { value: search, placeholder: t('tasks.search') },
  fields: html`${select(
    reader,
    {},
    {
      name: 'whose',
      label: t('tasks.whose'),
      required: true,
      value: whose,
      choices: owners.map((value) => ({ value, label: t(`tasks.whose.${value}`) })),
    },
  )}${hidden('show', show)}`,
  attrs: {
    'hx-get': '/tasks',
    'hx-trigger': 'input delay:250ms, submit',
    'hx-target': '#tasks-found',
    'hx-select': '#tasks-found',
    'hx-swap': 'outerHTML',
    'hx-replace-url': 'true',
    'hx-sync': 'this:replace',
  },
})}
<div${attributes(live({ id: 'tasks-found', href: page.here, hears: ['task-changed'], isList: true }))}>${table(reader, {
    id: 'tasks',
    caption: t('tasks.title'),
    columns: columns(reader, page),
    rows: page.lines,
    row: ({ task }) => ({ id: `task-${task.taskId}` }),
    empty: nothing(reader, page),
    pager: page.pager,
  })}</div>`
}

const nothing = ({ t }: Reader, { show, search, mayWrite }: TasksPage): Html => {
  if (search !== '') return emptyState(t('common.nothing-found'), t('common.nothing-found-hint'))
  if (show !== 'open') return emptyState(t(`tasks.none-${show}`))
  const first = linkButton('/tasks/new', { label: t('tasks.new'), icon: 'plus' })
  return emptyState(t('tasks.empty'), t('tasks.empty-hint'), mayWrite && first)
}

const columns = (reader: Reader, { today, show }: TasksPage): readonly Column<TaskLine>[] => {
  const { t, format } = reader
  return [
    {
      label: t('tasks.task'),
      primary: true,
      cell: ({ task }) => html`<a href="/tasks/${task.taskId}">${taskTitle(reader, task)}</a>`,
    },
    { label: t('tasks.assignee'), cell: ({ assignee }) => assignee },
    {
      label: t('tasks.due'),
      cell: ({ task: { dueOn } }) =>
        dueOn === null ? html`<span class="soft">${t('tasks.no-due')}</span>` : format.date(dueOn),
    },
    { label: t('common.status'), cell: ({ task }) => taskStatus(reader, task, today) },
    {
      label: t('common.actions'),
      // The work of this page is on its first two tabs: there it is always in sight.
      kind: show === 'open' || show === 'overdue' ? 'work' : 'actions',
      cell: ({ task, mayDo }) => mayDo && actions(completion(reader, task, 'small')),
    },
  ]
}
