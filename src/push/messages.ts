// The table of what is pushed: from each event of the log to the message that tells of it, to whom, and what they must be allowed to do.
// What is not in the table is not pushed. Nothing personal is in a message: it names things by their ids, and each reader's page looks them up.
import type { EventData, EventName, Room } from '../../client/push/protocol.ts'
import type { Permission } from '../auth/permissions.ts'
import type { DomainEvents, Recorded } from '../domain/events.ts'
import type { Recipient } from '../domain/notifications/events.ts'
import type { RecordedEvent } from '../kernel/event.ts'

export type Message = {
  readonly [Name in EventName]: {
    readonly event: Name
    readonly data: EventData[Name]
    /** The rooms that it is said in, the most particular first; a listener hears it once. `user:` rooms stand alone. */
    readonly rooms: readonly Room[]
    /** What a listener must be allowed to do; undefined for what is addressed to people by name. */
    readonly needs: Permission | undefined
    /** Set for a mere state: a later message of the same state makes this one superfluous. */
    readonly state?: string
  }
}[EventName]

type Table = { readonly [Type in keyof DomainEvents & string]?: (event: Recorded<Type>) => Message }

const at = (locationId: string): readonly Room[] => [`location:${locationId}`, 'all']
const everywhere: readonly Room[] = ['all']

const saleChanged = (change: string, saleId: string, locationId: string, amount: number): Message => ({
  event: 'sale-changed',
  data: { saleId, locationId, change, amount },
  rooms: at(locationId),
  needs: 'sales.read',
})

type Level = { readonly productId: string; readonly locationId: string; readonly onHand: number }
const stockChanged =
  (change: string) =>
  ({ data: { productId, locationId, onHand } }: { readonly data: Level }): Message => ({
    event: 'stock-changed',
    data: { productId, locationId, change, onHand },
    rooms: at(locationId),
    needs: 'stock.read',
    state: `${productId}@${locationId}`,
  })

const productChanged =
  (change: string) =>
  ({ data: { productId } }: { readonly data: { readonly productId: string } }): Message => ({
    event: 'product-changed',
    data: { productId, change },
    rooms: everywhere,
    needs: 'products.read',
  })

const orderChanged =
  (change: string) =>
  ({ data: { orderId } }: { readonly data: { readonly orderId: string } }): Message => ({
    event: 'order-changed',
    data: { orderId, change },
    rooms: everywhere,
    needs: 'purchasing.read',
  })

const customerChanged =
  (change: string) =>
  ({ data: { customerId } }: { readonly data: { readonly customerId: string } }): Message => ({
    event: 'customer-changed',
    data: { customerId, change },
    rooms: everywhere,
    needs: 'customers.read',
  })

/** Whose task it is, and what it says, is for those whom it concerns: the list of tasks tells them. */
const taskChanged =
  (change: string) =>
  ({ data: { taskId } }: { readonly data: { readonly taskId: string } }): Message => ({
    event: 'task-changed',
    data: { taskId, change },
    rooms: everywhere,
    needs: 'tasks.read',
  })

const unsaid = { kind: null, subject: null, severity: null, detail: null }
const systemUpdate = (
  data: Pick<EventData['system-update'], 'change' | 'alertId'> & Partial<EventData['system-update']>,
): Message => ({
  event: 'system-update',
  data: { ...unsaid, ...data },
  rooms: everywhere,
  needs: 'system.read',
})

/** To those who want to be told at once; the others find it in their list. */
const notification = (data: EventData['notification'], recipients: readonly Recipient[]): Message => ({
  event: 'notification',
  data,
  rooms: recipients.flatMap(({ personId, push }): Room[] => (push ? [`user:${personId}`] : [])),
  needs: undefined,
})

const notificationsRead = (personId: string, notificationId: string | null): Message => ({
  event: 'notifications-read',
  data: { notificationId },
  rooms: [`user:${personId}`],
  needs: undefined,
})

const table: Table = {
  SaleRegistered: ({ data: { saleId, document, locationId, till, cashierId, payment, lines, total, tax } }) => ({
    event: 'new-sale',
    data: { saleId, document, locationId, till, cashierId, method: payment.method, lines: lines.length, total, tax },
    rooms: at(locationId),
    needs: 'sales.read',
  }),
  SaleVoided: ({ data: { saleId, locationId, total } }) => saleChanged('voided', saleId, locationId, total),
  SaleRefunded: ({ data: { saleId, locationId, total } }) => saleChanged('refunded', saleId, locationId, total),
  SalePaymentReceived: ({ data: { saleId, locationId, amount } }) => saleChanged('paid', saleId, locationId, amount),

  StockFellBelowReorderPoint: ({ data: { productId, locationId, onHand, reorderPoint } }) => ({
    event: 'low-stock-alert',
    data: { productId, locationId, onHand, reorderPoint },
    rooms: at(locationId),
    needs: 'stock.read',
  }),
  StockRoseAboveReorderPoint: stockChanged('rose-above-reorder-point'),
  StockReceived: stockChanged('received'),
  StockSold: stockChanged('sold'),
  StockReturned: stockChanged('returned'),
  StockAdjusted: stockChanged('adjusted'),
  StockTransferredOut: stockChanged('transferred-out'),
  StockTransferredIn: stockChanged('transferred-in'),
  StockCounted: stockChanged('counted'),
  StockCountedAtTill: stockChanged('counted-at-till'),

  AlertRaised: ({ data: { alertId, kind, subject, severity, detail } }) =>
    systemUpdate({ change: 'alert-raised', alertId, kind, subject, severity, detail }),
  AlertAcknowledged: ({ data: { alertId } }) => systemUpdate({ change: 'alert-acknowledged', alertId }),
  AlertResolved: ({ data: { alertId, kind, subject } }) =>
    systemUpdate({ change: 'alert-resolved', alertId, kind, subject }),

  ProductRegistered: productChanged('registered'),
  ProductDetailsChanged: productChanged('details'),
  PriceChanged: productChanged('price'),
  ReorderPointChanged: productChanged('reorder-point'),
  ProductPhotoChanged: productChanged('photo'),
  ProductDiscontinued: productChanged('discontinued'),
  ProductReinstated: productChanged('reinstated'),

  PurchaseOrderPlaced: orderChanged('placed'),
  PurchaseOrderReceived: orderChanged('received'),
  PurchaseOrderCancelled: orderChanged('cancelled'),
  PurchaseOrderClosed: orderChanged('closed'),

  CustomerRegistered: customerChanged('registered'),
  CustomerDetailsChanged: customerChanged('details'),
  CustomerErased: customerChanged('erased'),

  TaskCreated: taskChanged('created'),
  TaskReassigned: taskChanged('reassigned'),
  TaskRescheduled: taskChanged('rescheduled'),
  TaskCompleted: taskChanged('completed'),
  TaskReopened: taskChanged('reopened'),
  TaskCancelled: taskChanged('cancelled'),

  NotificationRaised: ({ data: { notificationId, severity, recipients, about } }) =>
    notification({ notificationId, change: 'raised', kind: about.kind, severity, about }, recipients),
  NotificationExtended: ({ data: { notificationId, recipients, about } }) =>
    notification({ notificationId, change: 'extended', kind: about.kind, severity: null, about }, recipients),
  NotificationRead: ({ data: { personId, notificationId } }) => notificationsRead(personId, notificationId),
  AllNotificationsRead: ({ data: { personId } }) => notificationsRead(personId, null),
}

/** The types of events that are pushed. */
export const pushedTypes: readonly string[] = Object.keys(table)

// Each entry gets only events of its own type.
const byType = table as Readonly<Record<string, ((event: RecordedEvent) => Message) | undefined>>

/** What is pushed of an event; undefined when nothing is. */
export const messageOf = (event: RecordedEvent): Message | undefined => byType[event.type]?.(event)
