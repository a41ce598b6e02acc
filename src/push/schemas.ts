// The protocol as schemas: what listeners say is parsed by them, what they hear is described by them. Their types are the client library's.
import { z } from 'zod'
import {
  type Control,
  type EventData,
  type EventName,
  type FromListener,
  mainEvents,
  type Room,
  type Subscription,
  topics,
} from '../../client/push/protocol.ts'

const short = z.string().max(200)
/** A position in the log, in decimal digits. */
export const position = z.string().regex(/^-?\d{1,19}$/)
const int = z.int()
const value = z.union([short, z.number(), z.boolean()])

export const eventName = z.enum([...mainEvents, ...topics]) satisfies z.ZodType<EventName>
export const room = z.custom<Room>(
  (text) => typeof text === 'string' && text.length <= 200 && /^(all|(role|department|location|user):.+)$/.test(text),
  'not a room',
)

/** Counted, so that nobody makes the gateway compare without end. */
const filter = z
  .record(short, z.union([value, z.array(value).min(1).max(50)]))
  .refine((fields) => Object.keys(fields).length <= 8, 'at most 8 fields')

export const subscription = z.strictObject({
  rooms: z.array(room).max(100).optional(),
  events: z
    .array(z.union([eventName, z.literal('*')]))
    .max(20)
    .optional(),
  filter: filter.optional(),
}) satisfies z.ZodType<Subscription>

export const fromListener = z
  .strictObject({
    token: z.string().max(4000).optional(),
    subscribe: subscription.optional(),
    after: position.optional(),
    ping: z.string().max(64).optional(),
    presence: z.literal(true).optional(),
  })
  .refine((said) => Object.keys(said).length > 0, 'it says nothing') satisfies z.ZodType<FromListener>

const change = short
const dataSchemas = {
  notification: z.strictObject({
    notificationId: short,
    change: z.enum(['raised', 'extended']),
    kind: short,
    severity: short.nullable(),
    about: z.record(short, z.union([z.string(), z.number(), z.boolean(), z.null()])),
  }),
  'low-stock-alert': z.strictObject({ productId: short, locationId: short, onHand: int, reorderPoint: int }),
  'new-sale': z.strictObject({
    saleId: short,
    document: short,
    locationId: short,
    till: int,
    cashierId: short,
    method: short,
    lines: int,
    total: int,
    tax: int,
  }),
  'system-update': z.strictObject({
    change: z.enum(['alert-raised', 'alert-acknowledged', 'alert-resolved']),
    alertId: z.string(),
    kind: short.nullable(),
    subject: short.nullable(),
    severity: short.nullable(),
    detail: z.string().nullable(),
  }),
  'sale-changed': z.strictObject({ saleId: short, locationId: short, change, amount: int }),
  'stock-changed': z.strictObject({ productId: short, locationId: short, change, onHand: int }),
  'product-changed': z.strictObject({ productId: short, change }),
  'order-changed': z.strictObject({ orderId: short, change }),
  'customer-changed': z.strictObject({ customerId: short, change }),
  'task-changed': z.strictObject({ taskId: short, change }),
  'notifications-read': z.strictObject({ notificationId: short.nullable() }),
} satisfies { readonly [Name in EventName]: z.ZodType<EventData[Name]> }

const roomText = z.string().regex(/^(all|(role|department|location|user):.+)$/)

/** A message of one event, as it goes out. */
export const messageSchema = <Name extends EventName>(event: Name) =>
  z.strictObject({ event: z.literal(event), position, at: z.iso.datetime(), room: roomText, data: dataSchemas[event] })

type ControlName = Control extends infer One ? (One extends Control ? keyof One : never) : never
/** What the gateway says beside messages. */
export const controlSchemas = {
  subscribed: z.strictObject({ rooms: z.array(z.string()), events: z.array(z.string()), after: position }),
  caughtUp: z.strictObject({ position }),
  pong: z.strictObject({ ping: z.string(), position }),
  presence: z.strictObject({ count: int, people: z.array(z.string()).nullable() }),
  error: z.strictObject({ code: z.string(), message: z.string() }),
  reconnect: z.strictObject({ after: int }),
} satisfies { readonly [Name in ControlName]: z.ZodType<Extract<Control, Record<Name, unknown>>[Name]> }
