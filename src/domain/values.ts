// The values that facts are made of: what an id, an amount, a quantity, a day is.
import { z } from 'zod'

/** A UUID v7, or another short opaque name. */
export const id = z.string().min(1).max(100)
/** Integer of the currency's minor unit; may be negative. */
export const money = z.int()
export const maxAmount = 1e13
/** Integer of the currency's minor unit, not negative. */
export const amount = z.int().nonnegative().max(maxAmount)
export const maxQuantity = 1e9
/** Integer of the product's smallest unit, at least 1. */
export const quantity = z.int().positive().max(maxQuantity)
/** Integer of the product's smallest unit, not negative. */
export const count = z.int().nonnegative().max(maxQuantity)
/** Tax rate in basis points: 1600 is 16 %. */
export const taxRate = z.int().min(0).max(10_000)
/** When it happened, ISO 8601 UTC. */
export const instant = z.iso.datetime()
/** The company's local calendar day, YYYY-MM-DD. */
export const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
/** The company's local hour of the day. */
export const hour = z.int().min(0).max(23)
/** 1 to 200 characters. */
export const text = z.string().min(1).max(200)
/** At most 2,000 characters; may be empty. */
export const note = z.string().max(2000)

export const paymentMethods = ['cash', 'card', 'mpesa', 'account'] as const
/** How a sale is paid. */
export const paymentMethod = z.enum(paymentMethods)
export type PaymentMethod = (typeof paymentMethods)[number]

export const roles = ['super-admin', 'admin', 'manager', 'employee', 'auditor'] as const
/** What a person may do follows from it. */
export const role = z.enum(roles)
export type Role = (typeof roles)[number]
