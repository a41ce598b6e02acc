// The pages of the office: customers, tasks, people, the reader's own account, settings.
import { customerFormPages } from './customer-form.ts'
import { customersPages } from './customers.ts'
import { taskFormPages } from './task-form.ts'
import { tasksPages } from './tasks.ts'

// Forms first: `/customers/new` is no customer.
export const officePages = [customerFormPages, customersPages, taskFormPages, tasksPages] as const
