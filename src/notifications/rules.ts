// The rules of notifications, as data: which event tells whom of what, how serious it is, and what is told together.

import { cashSessions } from '../../projections/cash-sessions.ts'
import { locations } from '../../projections/locations.ts'
import { products } from '../../projections/products.ts'
import { tasks } from '../../projections/tasks.ts'
import type { DomainEvents, Recorded } from '../domain/events.ts'
import type { About, NotificationKind, Severity } from '../domain/notifications/events.ts'
import type { Assignee } from '../domain/tasks/events.ts'
import type { ReadModels } from '../kernel/read-models.ts'
import type { Audience } from './audience.ts'

/** What one event tells. */
export interface Told {
  /** Who did it oneself, knows. */
  readonly exceptCauser?: true
  readonly severity: Severity
  readonly audiences: readonly Audience[]
  readonly about: About
}

export interface Rule<Type extends keyof DomainEvents = keyof DomainEvents> {
  readonly kind: NotificationKind
  /** What is told together within a quarter of an hour: one line of the list for all of it, and one mail, at its end. */
  readonly group?: (data: DomainEvents[Type]) => string
  /** Undefined: nobody need be told. The read models show at least the event itself. */
  readonly tell: (event: Recorded<Type>, models: ReadModels) => Promise<Told | undefined> | Told | undefined
}

export type Rules = { readonly [Type in keyof DomainEvents]?: Rule<Type> }

/** Departments that answer for the stock, by the names that companies give them. */
const stockDepartments = ['Compras', 'Armazém', 'Stock', 'Purchasing', 'Warehouse']

const administrators: readonly Audience[] = [
  { to: 'role', role: 'admin' },
  { to: 'role', role: 'super-admin' },
]
const managersAt = (locationId: string): Audience => ({ to: 'role', role: 'manager', locationId })

const placeName = async (models: ReadModels, locationId: string): Promise<string> =>
  (await models.get(locations, locationId))?.document.name ?? locationId

const assignees = ({ kind, id }: Assignee): readonly Audience[] => [
  kind === 'person' ? { to: 'person', personId: id } : { to: 'department', department: id },
]

/** A task as it stands when somebody gets it. */
async function taskGiven(models: ReadModels, taskId: string, assignee: Assignee): Promise<Told | undefined> {
  const task = (await models.get(tasks, taskId))?.document
  if (task?.status !== 'open') return undefined
  const { kind: taskKind, title, note, dueOn } = task
  return {
    severity: 'info',
    exceptCauser: true,
    audiences: assignees(assignee),
    about: { kind: 'task', taskId, taskKind, title, note, dueOn },
  }
}

export const rules: Rules = {
  StockFellBelowReorderPoint: {
    kind: 'low-stock',
    group: ({ locationId }) => locationId,
    async tell({ data: { productId, locationId, onHand, reorderPoint } }, models) {
      const product = (await models.get(products, productId))?.document
      if (!product) return undefined
      const { name, unit, decimals } = product
      const location = await placeName(models, locationId)
      return {
        severity: 'warning',
        audiences: [
          managersAt(locationId),
          ...stockDepartments.map((department): Audience => ({ to: 'department', department, locationId })),
        ],
        about: {
          kind: 'low-stock',
          productId,
          product: name,
          unit,
          decimals,
          locationId,
          location,
          onHand,
          reorderPoint,
        },
      }
    },
  },

  TaskCreated: { kind: 'task', tell: ({ data }, models) => taskGiven(models, data.taskId, data.assignee) },
  TaskReassigned: { kind: 'task', tell: ({ data }, models) => taskGiven(models, data.taskId, data.assignee) },

  CashSessionClosed: {
    kind: 'cash-difference',
    async tell({ data: { cashSessionId, difference } }, models) {
      const session = (await models.get(cashSessions, cashSessionId))?.document
      if (difference === 0 || !session) return undefined
      const { locationId } = session
      const location = await placeName(models, locationId)
      return {
        severity: 'warning',
        exceptCauser: true,
        audiences: [managersAt(locationId)],
        about: { kind: 'cash-difference', cashSessionId, location, difference },
      }
    },
  },

  SaleVoided: {
    kind: 'sale-voided',
    async tell({ data: { saleId, locationId, total, reason } }, models) {
      const location = await placeName(models, locationId)
      return {
        severity: 'info',
        exceptCauser: true,
        audiences: [managersAt(locationId)],
        about: { kind: 'sale-voided', saleId, location, total, reason },
      }
    },
  },

  AlertRaised: {
    kind: 'system-alert',
    tell: ({ data: { alertId, kind: alert, subject, detail, severity, announced } }) =>
      announced
        ? {
            severity: severity === 'critical' ? 'danger' : 'warning',
            audiences: administrators,
            about: { kind: 'system-alert', alertId, alert, subject, detail, resolved: false },
          }
        : undefined,
  },
  AlertResolved: {
    kind: 'system-alert',
    tell: ({ data: { alertId, kind: alert, subject, announced } }) =>
      announced
        ? {
            severity: 'info',
            audiences: administrators,
            about: { kind: 'system-alert', alertId, alert, subject, detail: '', resolved: true },
          }
        : undefined,
  },
}
