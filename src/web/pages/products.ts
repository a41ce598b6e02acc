// The pages of products as a list: found, sorted, discontinued and reinstated.
import { Hono } from 'hono'
import { layout } from '../../../views/layout.ts'
import { productsContent, stateLabel } from '../../../views/pages/products.ts'
import { discontinueProduct, reinstateProduct } from '../../commands/products.ts'
import type { Assets } from '../assets.ts'
import { authorise } from '../authenticate.ts'
import { callerMay, type Environment } from '../environment.ts'
import { pressed } from './form.ts'
import { frameOf } from './frame.ts'
import { addressOf, type Parameters, pageAsked, pagerOf, sortedBy } from './listing.ts'
import { categoryNames, findProducts, type ProductFilter, productFilter } from './product-list.ts'
import { leadBack } from './redirect.ts'
import { tell } from './toasts.ts'

const parametersOf = (filter: ProductFilter, sort: string | undefined): Parameters => ({
  search: filter.search,
  category: filter.category,
  show: filter.show === 'active' ? undefined : filter.show,
  sort,
})

export function productsPages(assets: Assets): Hono<Environment> {
  const pages = new Hono<Environment>()

  pages.get('/products', authorise('products.read'), async (c) => {
    const frame = await frameOf(c, assets)
    const { t } = frame.reader
    const filter = productFilter(c)
    const sort = filter.sort.direction === 'descending' ? `-${filter.sort.by}` : filter.sort.by
    const parameters = parametersOf(filter, c.req.query('sort') && sort)
    const address = (change: Parameters) => addressOf('/products', { ...parameters, ...change })
    const asked = pageAsked(c)
    const [found, categories] = await Promise.all([findProducts(c, filter, asked), categoryNames(c)])
    const chips = [
      filter.search !== '' && { label: `“${filter.search}”`, without: address({ search: undefined }) },
      filter.category !== '' && { label: filter.category, without: address({ category: undefined }) },
      filter.show !== 'active' && { label: t(stateLabel[filter.show]), without: address({ show: undefined }) },
    ]
    const main = productsContent(frame.reader, {
      lines: found.lines,
      count: found.count,
      filter: { ...filter, sort: parameters.sort ?? '' },
      chips: chips.filter((chip) => chip !== false),
      categories,
      sortBy: (by) => sortedBy(by, filter.sort, (sort) => address({ sort })),
      pager: pagerOf(address, asked, found.next),
      csv: addressOf('/products.csv', parameters),
      mayWrite: callerMay(c, 'products.write'),
      formKey: c.get('system').newId(),
    })
    return c.html(layout(frame, { title: t('products.title'), main, current: 'products' }))
  })

  pages.post('/products/:id/discontinue', authorise('products.write'), async (c) => {
    const id = c.req.param('id')
    await pressed(c, discontinueProduct, id)
    tell(c, 'products.was-discontinued', 'good', `/products/${id}/reinstate`)
    return leadBack(c, `/products/${id}`)
  })

  pages.post('/products/:id/reinstate', authorise('products.write'), async (c) => {
    const id = c.req.param('id')
    await pressed(c, reinstateProduct, id)
    tell(c, 'products.was-reinstated')
    return leadBack(c, `/products/${id}`)
  })

  return pages
}
