// Tasks given to people and departments.
import { messages } from './message.ts'

export const tasks = messages({
  'tasks.title': { pt: 'Tarefas', en: 'Tasks' },
  'tasks.new': { pt: 'Nova tarefa', en: 'New task' },
  'tasks.task': { pt: 'Tarefa', en: 'Task' },
  'tasks.assignee': { pt: 'Para', en: 'For' },
  'tasks.due': { pt: 'Prazo', en: 'Due' },
  'tasks.status.open': { pt: 'Por fazer', en: 'Open' },
  'tasks.status.overdue': { pt: 'Atrasada', en: 'Overdue' },
  'tasks.status.done': { pt: 'Feita', en: 'Done' },
  'tasks.status.cancelled': { pt: 'Cancelada', en: 'Cancelled' },
  'tasks.complete': { pt: 'Marcar como feita', en: 'Mark as done' },
  'tasks.reopen': { pt: 'Reabrir', en: 'Reopen' },
  'tasks.completed': { pt: 'Tarefa feita.', en: 'Task done.' },
  'tasks.count-stock': { pt: 'Contar {product}', en: 'Count {product}' },
  'tasks.empty': { pt: 'Nada por fazer', en: 'Nothing to do' },
  'tasks.empty-hint': {
    pt: 'As tarefas suas e do seu departamento aparecem aqui.',
    en: "Your tasks and your department's appear here.",
  },
})
