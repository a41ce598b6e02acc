// The stock of each location.
import { Hono } from 'hono'
import { layout } from '../../../views/layout.ts'
import { stockContent, stockStateLabel, stockStates } from '../../../views/pages/stock.ts'
import type { Assets } from '../assets.ts'
import { authorise } from '../authenticate.ts'
import { callerMay, type Environment } from '../environment.ts'
import { frameOf, openLocations, workplaceOf } from './frame.ts'
import { addressOf, hereOf, type Parameters, pageAsked, pagerOf } from './listing.ts'
import { findStock } from './stock-levels.ts'

/** In the address: all locations together. */
const everywhere = 'all'

export function stockPages(assets: Assets): Hono<Environment> {
  const pages = new Hono<Environment>()

  pages.get('/stock', authorise('stock.read'), async (c) => {
    const frame = await frameOf(c, assets)
    const { t } = frame.reader
    const places = await openLocations(c)
    // The dashboard's link names no location: low stock is then looked for everywhere.
    const named = c.req.query('location') ?? (c.req.query('low') ? everywhere : (await workplaceOf(c))?.locationId)
    const locationId = places.find((place) => place.locationId === named)?.locationId
    const show = stockStates.find((state) => state === c.req.query('show')) ?? (c.req.query('low') ? 'low' : 'every')
    const filter = { search: (c.req.query('search') ?? '').slice(0, 200), show, locationId }
    const asked = pageAsked(c)
    const parameters: Parameters = {
      location: locationId ?? everywhere,
      search: filter.search,
      show: show === 'every' ? undefined : show,
    }
    const address = (change: Parameters) => addressOf('/stock', { ...parameters, ...change })
    const found = await findStock(c, filter, asked)
    const chips = [
      filter.search !== '' && { label: `“${filter.search}”`, without: address({ search: undefined }) },
      show !== 'every' && { label: t(stockStateLabel[show]), without: address({ show: undefined }) },
    ]
    const main = stockContent(frame.reader, {
      lines: found.lines,
      count: found.count,
      places,
      tabAddress: (place) => address({ location: place ?? everywhere }),
      filter,
      chips: chips.filter((chip) => chip !== false),
      here: hereOf(c),
      clear: addressOf('/stock', { location: parameters.location }),
      pager: pagerOf(address, asked, found.next),
      may: {
        receive: callerMay(c, 'stock.receive'),
        adjust: callerMay(c, 'stock.adjust'),
        transfer: callerMay(c, 'stock.transfer'),
        count: callerMay(c, 'stock.count'),
        seeValue: callerMay(c, 'reports.read'),
      },
    })
    return c.html(layout(frame, { title: t('stock.title'), main, current: 'stock' }))
  })

  return pages
}
