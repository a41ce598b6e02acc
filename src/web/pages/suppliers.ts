// The pages of suppliers: found, made, changed, discontinued.
import { Hono } from 'hono'
import { z } from 'zod'
import { type Supplier, suppliers } from '../../../projections/suppliers.ts'
import type { FormState } from '../../../views/components/field.ts'
import { layout } from '../../../views/layout.ts'
import {
  supplierContent,
  supplierFormContent,
  suppliersContent,
  supplierValues,
} from '../../../views/pages/suppliers.ts'
import type { Reader } from '../../../views/reader.ts'
import { changeSupplier, discontinueSupplier, registerSupplier, reinstateSupplier } from '../../commands/suppliers.ts'
import type { Rejection } from '../../kernel/decider.ts'
import type { Assets } from '../assets.ts'
import { authorise } from '../authenticate.ts'
import { tellPosition } from '../consistency.ts'
import { type AppContext, callerMay, type Environment } from '../environment.ts'
import { ProblemError } from '../problems.ts'
import { formContext, freshForm, pressed, type Typed, typedIn, withIssues, withRejection } from './form.ts'
import { frameOf } from './frame.ts'
import { addressOf, type Parameters, pageAsked, pageQuery, pagerOf } from './listing.ts'
import { leadBack } from './redirect.ts'
import { tell } from './toasts.ts'
import { typedNote, typedOptional, typedQuantity, typedText } from './typed.ts'

const supplierForm = z.object({
  name: typedText(),
  nuit: typedOptional(20).transform((nuit) => nuit?.replace(/\s/g, '') ?? null),
  email: typedOptional().refine((email) => email === null || z.email().safeParse(email).success, {
    message: 'errors.invalid-email',
  }),
  phone: typedOptional(40),
  address: typedNote(),
  leadDays: typedQuantity(0, 0).refine((days) => days <= 365, { message: 'errors.out-of-range' }),
})

const asRefused = (reader: Reader, typed: Typed, rejection: Rejection): FormState =>
  withRejection(reader, typed, rejection, rejection.code === 'invalid-nuit' ? 'nuit' : 'form')

async function supplierOr404(c: AppContext, id: string): Promise<Supplier> {
  const found = await c.get('system').models.get(suppliers, id)
  if (!found) throw new ProblemError('unknown-supplier', { supplierId: id })
  return found.document
}

export function suppliersPages(assets: Assets): Hono<Environment> {
  const pages = new Hono<Environment>()

  pages.get('/suppliers', authorise('purchasing.read'), async (c) => {
    const frame = await frameOf(c, assets)
    const { models, newId } = c.get('system')
    const show = c.req.query('show') === 'discontinued' ? 'discontinued' : 'active'
    const search = (c.req.query('search') ?? '').slice(0, 200)
    const query = { where: { active: show === 'active' }, ...(search && { text: search }) }
    const asked = pageAsked(c)
    const address = (page: Parameters) =>
      addressOf('/suppliers', { search, show: show === 'active' ? undefined : show, ...page })
    const [found, count] = await Promise.all([
      models.find(suppliers, { ...query, sort: { by: 'nameKey' }, ...pageQuery(asked) }),
      models.count(suppliers, query),
    ])
    const main = suppliersContent(frame.reader, {
      suppliers: found.items.map(({ document }) => document),
      count,
      filter: { search, show },
      pager: pagerOf(address, asked, found.next),
      mayWrite: callerMay(c, 'suppliers.write'),
      formKey: newId(),
    })
    return c.html(layout(frame, { title: frame.reader.t('purchasing.suppliers'), main, current: 'suppliers' }))
  })

  const show = async (c: AppContext, supplier: Supplier | undefined, state: FormState, status: 200 | 422 = 200) => {
    const frame = await frameOf(c, assets)
    const main = supplierFormContent(frame.reader, { supplier, state })
    const title = supplier?.name ?? frame.reader.t('purchasing.new-supplier')
    return c.html(layout(frame, { title, main, current: 'suppliers' }), status)
  }

  pages.get('/suppliers/new', authorise('suppliers.write'), (c) => show(c, undefined, freshForm(c)))

  pages.post('/suppliers/new', authorise('suppliers.write'), async (c) => {
    const { reader } = await frameOf(c, assets)
    const typed = await typedIn(c)
    const read = supplierForm.safeParse(typed)
    if (!read.success) return show(c, undefined, withIssues(reader, typed, read.error), 422)
    const outcome = await registerSupplier(c.get('system'), read.data, formContext(c, typed))
    if (outcome.rejected) return show(c, undefined, asRefused(reader, typed, outcome), 422)
    tellPosition(c, outcome.position)
    tell(c, 'purchasing.supplier-saved')
    return c.redirect('/suppliers', 303)
  })

  pages.get('/suppliers/:id', authorise('purchasing.read'), async (c) => {
    const supplier = await supplierOr404(c, c.req.param('id'))
    if (callerMay(c, 'suppliers.write') && supplier.active)
      return show(c, supplier, freshForm(c, supplierValues(supplier)))
    const frame = await frameOf(c, assets)
    const main = supplierContent(frame.reader, supplier)
    return c.html(layout(frame, { title: supplier.name, main, current: 'suppliers' }))
  })

  pages.post('/suppliers/:id', authorise('suppliers.write'), async (c) => {
    const supplier = await supplierOr404(c, c.req.param('id'))
    const { reader } = await frameOf(c, assets)
    const typed = await typedIn(c)
    const read = supplierForm.safeParse(typed)
    if (!read.success) return show(c, supplier, withIssues(reader, typed, read.error), 422)
    const { supplierId } = supplier
    const outcome = await changeSupplier(c.get('system'), { supplierId, change: read.data }, formContext(c, typed))
    if (outcome.rejected) return show(c, supplier, asRefused(reader, typed, outcome), 422)
    tellPosition(c, outcome.position)
    tell(c, 'purchasing.supplier-saved')
    return c.redirect('/suppliers', 303)
  })

  pages.post('/suppliers/:id/discontinue', authorise('suppliers.write'), async (c) => {
    const id = c.req.param('id')
    await pressed(c, discontinueSupplier, id)
    tell(c, 'purchasing.supplier-ended', 'good', `/suppliers/${id}/reinstate`)
    return leadBack(c, '/suppliers')
  })

  pages.post('/suppliers/:id/reinstate', authorise('suppliers.write'), async (c) => {
    await pressed(c, reinstateSupplier, c.req.param('id'))
    tell(c, 'purchasing.supplier-reinstated')
    return leadBack(c, '/suppliers')
  })

  return pages
}
