// Goods received, adjusted with a reason, transferred.
import { Hono } from 'hono'
import { z } from 'zod'
import { adjustContent, adjustmentReasons, receiveContent, transferContent } from '../../../views/pages/stock-forms.ts'
import { adjustStock, receiveStock, transferStock } from '../../commands/stock.ts'
import type { Assets } from '../assets.ts'
import type { Environment } from '../environment.ts'
import { figureOf, goodsForm } from './goods-form.ts'
import { typedNote, typedOptional, typedText } from './typed.ts'

const stockOf = (locationId: string) => `/stock?location=${encodeURIComponent(locationId)}`

type Reason = (typeof adjustmentReasons)[number]
const takes: readonly Reason[] = ['damaged', 'expired', 'lost', 'own-use']

/** By how much the stock changes: what reasons such as damage take away is typed without a sign. */
const changeFor = (reason: Reason, typed: number): number => {
  if (reason === 'other') return typed
  return takes.includes(reason) ? -Math.abs(typed) : Math.abs(typed)
}

export function stockFormPages(assets: Assets): Hono<Environment> {
  const receive = goodsForm(assets, {
    path: '/stock/receive',
    current: 'stock',
    title: 'stock.receive',
    permission: 'stock.receive',
    head: z.object({ location: typedText(100), supplier: typedOptional(100) }),
    figures: { quantity: { kind: 'quantity' }, cost: { kind: 'money' } },
    view: receiveContent,
    act: (desk, { head, lines }, context) =>
      receiveStock(
        desk,
        {
          locationId: head.location,
          supplierId: head.supplier,
          lines: lines.map((line) => ({
            productId: line.product.productId,
            quantity: figureOf(line, 'quantity'),
            unitCost: figureOf(line, 'cost'),
          })),
        },
        context,
      ),
    done: 'stock.was-received',
    next: (_, { location }) => stockOf(location),
  })

  const adjust = goodsForm(assets, {
    path: '/stock/adjust',
    current: 'stock',
    title: 'stock.adjust',
    permission: 'stock.adjust',
    head: z.object({
      location: typedText(100),
      reason: z.string().min(1).pipe(z.enum(adjustmentReasons)),
      note: typedNote(),
    }),
    figures: { quantity: { kind: 'quantity', signed: true } },
    view: adjustContent,
    act: (desk, { head: { location, reason, note }, lines }, context) =>
      adjustStock(
        desk,
        {
          locationId: location,
          reason,
          note,
          lines: lines.map((line) => ({
            productId: line.product.productId,
            change: changeFor(reason, figureOf(line, 'quantity')),
          })),
        },
        context,
      ),
    done: 'stock.was-adjusted',
    next: (_, { location }) => stockOf(location),
  })

  const transfer = goodsForm(assets, {
    path: '/stock/transfer',
    current: 'stock',
    title: 'stock.transfer',
    permission: 'stock.transfer',
    head: z
      .object({ location: typedText(100), to: typedText(100) })
      .refine(({ location, to }) => location !== to, { path: ['to'], message: 'stock.same-location' }),
    figures: { quantity: { kind: 'quantity' } },
    view: transferContent,
    act: (desk, { head, lines }, context) =>
      transferStock(
        desk,
        {
          from: head.location,
          to: head.to,
          lines: lines.map((line) => ({
            productId: line.product.productId,
            quantity: figureOf(line, 'quantity'),
          })),
        },
        context,
      ),
    done: 'stock.was-transferred',
    next: (_, { to }) => stockOf(to),
  })

  const pages = new Hono<Environment>()
  for (const part of [receive, adjust, transfer]) pages.route('/', part)
  return pages
}
