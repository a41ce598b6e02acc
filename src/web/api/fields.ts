// The fields that bodies are made of: trimmed, bounded, and never more lenient than the facts that they become.
import { z } from '@hono/zod-openapi'

export { amount, count, id, money, paymentMethod, quantity, role, taxRate } from '../../domain/values.ts'

/** A name or a short line. */
export const line = z.string().trim().min(1).max(200)
/** Free text, which may be empty. */
export const remark = z.string().trim().max(2000)
export const email = z.email().max(200)
export const phone = z.string().trim().min(1).max(40)
export const nuit = z.string().trim().min(1).max(20)
/** A calendar day, YYYY-MM-DD. */
export const day = z.iso.date()
export const till = z.int().min(1).max(99)

/** A list of lines of goods. */
export const linesOf = <Line extends z.ZodType>(each: Line) => z.array(each).min(1).max(500)

/** A change names at least one field. */
export const changeOf = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z
    .strictObject(shape)
    .partial()
    .refine((change) => Object.keys(change).length > 0, 'Name at least one field to change')
