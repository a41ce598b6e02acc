// Customers written down, changed, and erased on request.
import { Hono } from 'hono'
import { z } from 'zod'
import type { FormState } from '../../../views/components/field.ts'
import { layout } from '../../../views/layout.ts'
import { customerFormContent } from '../../../views/pages/customer-form.ts'
import { customerName } from '../../../views/pages/customers.ts'
import { erasureContent } from '../../../views/pages/erasure.ts'
import { changeCustomer, eraseCustomer, registerCustomer } from '../../commands/customers.ts'
import type { Assets } from '../assets.ts'
import { authorise } from '../authenticate.ts'
import { tellDone, tellPosition } from '../consistency.ts'
import type { AppContext, Environment } from '../environment.ts'
import { ProblemError, rejected, statusOf } from '../problems.ts'
import { customerOf } from './customers.ts'
import { wrongWord } from './erasing.ts'
import { formContext, freshForm, typedIn, withIssues, withRejection } from './form.ts'
import { frameOf } from './frame.ts'
import { leadTo } from './redirect.ts'
import { tell } from './toasts.ts'
import { optionalEmail, optionalNuit, typedOptional, typedText } from './typed.ts'

const customerForm = z.object({
  name: typedText(),
  nuit: optionalNuit(),
  phone: typedOptional(40),
  email: optionalEmail(),
  address: typedOptional(2000),
})

/** Beside which field a refusal stands. */
const fieldOf = (code: string) => (code === 'invalid-nuit' ? 'nuit' : 'form')

export function customerFormPages(assets: Assets): Hono<Environment> {
  const pages = new Hono<Environment>()

  const showNew = async (c: AppContext, state: FormState, status: 200 | 422 = 200) => {
    const frame = await frameOf(c, assets)
    const { t } = frame.reader
    const main = customerFormContent(frame.reader, {
      title: t('customers.new'),
      action: '/customers/new',
      back: { href: '/customers', label: t('customers.title') },
      button: t('customers.save-new'),
      state,
    })
    return c.html(layout(frame, { title: t('customers.new'), main, current: 'customers' }), status)
  }

  const showEdit = async (c: AppContext, state: FormState, status: 200 | 422 = 200) => {
    const frame = await frameOf(c, assets)
    const { t } = frame.reader
    const customer = await customerOf(c)
    if (customer.erased) throw new ProblemError('erased')
    const path = `/customers/${customer.customerId}`
    const main = customerFormContent(frame.reader, {
      title: t('customers.edit-title'),
      action: `${path}/edit`,
      back: { href: path, label: customerName(frame.reader, customer) },
      button: t('common.save'),
      state,
    })
    return c.html(layout(frame, { title: t('customers.edit-title'), main, current: 'customers' }), status)
  }

  const showErase = async (c: AppContext, state: FormState, status: 200 | 422 = 200) => {
    const frame = await frameOf(c, assets)
    const { t, format } = frame.reader
    const customer = await customerOf(c)
    if (customer.erased) throw new ProblemError('erased')
    const path = `/customers/${customer.customerId}`
    const name = customerName(frame.reader, customer)
    const title = t('customers.erase-title', { name })
    const main = erasureContent(frame.reader, {
      title,
      action: `${path}/erase`,
      back: { href: path, label: name },
      button: t('customers.erase'),
      consequences: [t('customers.erase-what'), t('customers.erase-kept')],
      warning: customer.balance > 0 ? t('customers.erase-debt', { amount: format.money(customer.balance) }) : undefined,
      state,
    })
    return c.html(layout(frame, { title, main, current: 'customers' }), status)
  }

  pages.get('/customers/new', authorise('customers.write'), (c) => showNew(c, freshForm(c)))

  pages.post('/customers/new', authorise('customers.write'), async (c) => {
    const { reader } = await frameOf(c, assets)
    const typed = await typedIn(c)
    const parsed = customerForm.safeParse(typed)
    if (!parsed.success) return showNew(c, withIssues(reader, typed, parsed.error), 422)
    const outcome = await registerCustomer(c.get('system'), parsed.data, formContext(c, typed))
    if (outcome.rejected) return showNew(c, withRejection(reader, typed, outcome, fieldOf(outcome.code)), 422)
    tellPosition(c, outcome.position)
    tell(c, 'customers.registered')
    return leadTo(c, `/customers/${outcome.value.id}`)
  })

  pages.get('/customers/:id/edit', authorise('customers.write'), async (c) => {
    const { name, nuit, phone, email, address } = await customerOf(c)
    const values = {
      name: name ?? '',
      nuit: nuit ?? '',
      phone: phone ?? '',
      email: email ?? '',
      address: address ?? '',
    }
    return showEdit(c, freshForm(c, values))
  })

  pages.post('/customers/:id/edit', authorise('customers.write'), async (c) => {
    const { reader } = await frameOf(c, assets)
    const typed = await typedIn(c)
    const parsed = customerForm.safeParse(typed)
    if (!parsed.success) return showEdit(c, withIssues(reader, typed, parsed.error), 422)
    const id = c.req.param('id')
    const outcome = await changeCustomer(c.get('system'), id, parsed.data, formContext(c, typed))
    if (outcome.rejected && statusOf(outcome.code) === 404) throw rejected(outcome)
    if (outcome.rejected) return showEdit(c, withRejection(reader, typed, outcome, fieldOf(outcome.code)), 422)
    tellPosition(c, outcome.position)
    tell(c, 'common.saved')
    return leadTo(c, `/customers/${id}`)
  })

  pages.get('/customers/:id/erase', authorise('customers.erase'), (c) => showErase(c, freshForm(c)))

  pages.post('/customers/:id/erase', authorise('customers.erase'), async (c) => {
    const { reader } = await frameOf(c, assets)
    const typed = await typedIn(c)
    const wrong = wrongWord(reader, typed)
    if (wrong) return showErase(c, wrong, 422)
    const id = c.req.param('id')
    const outcome = await eraseCustomer(c.get('system'), id, formContext(c, typed))
    tellDone(c, outcome)
    tell(c, 'customers.was-erased')
    return leadTo(c, `/customers/${id}`)
  })

  return pages
}
