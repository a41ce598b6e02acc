// The list of customers, and one customer's page.
import { Hono } from 'hono'
import { type Customer, customers } from '../../../projections/customers.ts'
import { sales } from '../../../projections/sales.ts'
import { layout } from '../../../views/layout.ts'
import { customerContent } from '../../../views/pages/customer.ts'
import {
  type CustomerShow,
  customerName,
  customerShows,
  customerSorts,
  customersContent,
  showLabel,
} from '../../../views/pages/customers.ts'
import type { Where } from '../../kernel/read-models.ts'
import type { Assets } from '../assets.ts'
import { authorise } from '../authenticate.ts'
import { type AppContext, callerMay, type Environment } from '../environment.ts'
import { ProblemError } from '../problems.ts'
import { frameOf } from './frame.ts'
import { addressOf, type Parameters, pageAsked, pageQuery, pagerOf, sortAsked, sortedBy } from './listing.ts'

/** Sales in which payments and debts are looked for. */
const salesLooked = 200
const paymentsShown = 10
const purchasesShown = 15

/** The customer of the address; 404 for one that is not there. */
export async function customerOf(c: AppContext): Promise<Customer> {
  const found = await c.get('system').models.get(customers, c.req.param('id') ?? '')
  if (!found) throw new ProblemError('unknown-customer')
  return found.document
}

const shown: Readonly<Record<CustomerShow, Where<Customer>>> = {
  all: { erased: false },
  owing: { erased: false, balance: { gt: 0 } },
  erased: { erased: true },
}

export function customersPages(assets: Assets): Hono<Environment> {
  const pages = new Hono<Environment>()

  pages.get('/customers', authorise('customers.read'), async (c) => {
    const { models } = c.get('system')
    const frame = await frameOf(c, assets)
    const { t } = frame.reader
    const search = (c.req.query('search') ?? '').slice(0, 200)
    const show = customerShows.find((known) => known === c.req.query('show')) ?? 'all'
    const sort = sortAsked(c.req.query('sort'), customerSorts)
    const parameters = { search, show: show === 'all' ? undefined : show, sort: c.req.query('sort') }
    const address = (change: Parameters) => addressOf('/customers', { ...parameters, ...change })
    const query = { where: shown[show], ...(search !== '' && { text: search }), sort }
    const asked = pageAsked(c)
    const [page, count] = await Promise.all([
      models.find(customers, { ...query, ...pageQuery(asked) }),
      models.count(customers, query),
    ])
    const chips = [
      search !== '' && { label: `“${search}”`, without: address({ search: undefined }) },
      show !== 'all' && { label: t(showLabel[show]), without: address({ show: undefined }) },
    ]
    const main = customersContent(frame.reader, {
      customers: page.items.map(({ document }) => document),
      count,
      filter: { search, show, sort: parameters.sort ?? '' },
      chips: chips.filter((chip) => chip !== false),
      sortBy: (by) => sortedBy(by, sort, (sort) => address({ sort })),
      pager: pagerOf(address, asked, page.next),
      mayWrite: callerMay(c, 'customers.write'),
    })
    return c.html(layout(frame, { title: t('customers.title'), main, current: 'customers' }))
  })

  pages.get('/customers/:id{[\\w-]{8,}}', authorise('customers.read'), async (c) => {
    const { models } = c.get('system')
    const frame = await frameOf(c, assets)
    const customer = await customerOf(c)
    const { customerId } = customer
    const asked = pageAsked(c)
    const latestFirst = { by: 'at', direction: 'descending' } as const
    const [bought, owing, latest] = await Promise.all([
      models.find(sales, { where: { customerId }, sort: latestFirst, ...pageQuery(asked), limit: purchasesShown }),
      models.find(sales, { where: { customerId, outstanding: { gt: 0 } }, sort: { by: 'at' }, limit: salesLooked }),
      models.find(sales, { where: { customerId }, sort: latestFirst, limit: salesLooked }),
    ])
    const main = customerContent(frame.reader, {
      customer,
      purchases: bought.items.map(({ document }) => document),
      pager: pagerOf((change) => addressOf(c.req.path, change), asked, bought.next),
      unpaid: owing.items.map(({ document }) => document),
      payments: latest.items
        .flatMap(({ document: { saleId, payments } }) => payments.map((payment) => ({ saleId, ...payment })))
        .sort((a, b) => (a.at < b.at ? 1 : -1))
        .slice(0, paymentsShown),
      mayWrite: callerMay(c, 'customers.write'),
      mayErase: callerMay(c, 'customers.erase'),
      mayAudit: callerMay(c, 'audit.read'),
    })
    return c.html(layout(frame, { title: customerName(frame.reader, customer), main, current: 'customers' }))
  })

  return pages
}
