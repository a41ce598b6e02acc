// The letters about what happens in the shop: what runs low, what was sold, and single notifications.
import type { Content } from '../../src/domain/mail/events.ts'
import type { About } from '../../src/domain/notifications/events.ts'
import { notificationHref, notificationText, notificationTitle } from '../notification-words.ts'
import type { Reader } from '../reader.ts'
import type { Block, Letter } from './letter.ts'

type Of<Kind extends Content['kind']> = Extract<Content, { kind: Kind }>

/** `base`: where the pages are, without a slash at the end. */
export function lowStockLetter(reader: Reader, { items, more }: Of<'low-stock'>, base: string): Letter {
  const { t, format } = reader
  const low = items.filter((item) => item.kind === 'low-stock')
  const count = low.length + more
  return {
    subject: t('letter.low-stock.subject', { count }),
    preview: low
      .map((item) => notificationTitle(reader, item))
      .join(' · ')
      .slice(0, 200),
    title: t('letter.low-stock.subject', { count }),
    blocks: [
      { kind: 'text', text: t('letter.low-stock.text') },
      {
        kind: 'table',
        columns: [
          { label: t('common.product') },
          { label: t('common.location') },
          { label: t('letter.low-stock.left'), numeric: true },
          { label: t('reports.column.reorder-point'), numeric: true },
        ],
        rows: low.map(({ product, location, unit, onHand, reorderPoint, decimals }) => [
          product,
          location,
          `${format.quantity(onHand, decimals)} ${unit}`,
          format.quantity(reorderPoint, decimals),
        ]),
      },
      ...(more > 0 ? [{ kind: 'note', text: t('letter.low-stock.more', { count: more }) } as const] : []),
      { kind: 'button', label: t('letter.low-stock.button'), href: `${base}/orders/proposal` },
    ],
  }
}

export function salesLetter({ t, format }: Reader, sales: Of<'sales'>, base: string): Letter {
  const { from, to, count, total, latest } = sales
  return {
    subject: t('letter.sales.subject', { count, total: format.money(total) }),
    preview: latest
      .map(({ document, location }) => `${document}, ${location}`)
      .join(' · ')
      .slice(0, 200),
    title: t('letter.sales.title', { from: format.time(from), to: format.time(to) }),
    blocks: [
      {
        kind: 'figures',
        items: [
          { label: t('letter.sales.count'), value: format.number(count) },
          { label: t('common.total'), value: format.money(total) },
        ],
      },
      {
        kind: 'table',
        columns: [
          { label: t('common.time') },
          { label: t('letter.sales.document') },
          { label: t('common.location') },
          { label: t('common.total'), numeric: true },
        ],
        rows: latest.map((sale) => [format.time(sale.at), sale.document, sale.location, format.money(sale.total)]),
      },
      { kind: 'button', label: t('letter.sales.button'), href: `${base}/sales` },
    ],
  }
}

/** `sender`: who wrote it, if a person did. */
export function notificationLetter(reader: Reader, about: About, base: string, sender: string | undefined): Letter {
  const { t } = reader
  const title = notificationTitle(reader, about)
  const text = notificationText(reader, about)
  const href = notificationHref(about)
  const note = about.kind === 'task' ? about.note : ''
  const blocks: (Block | false)[] = [
    text !== '' && { kind: 'text', text },
    note !== '' && { kind: 'text', text: note },
    sender !== undefined && { kind: 'note', text: t('letter.message.from', { name: sender }) },
    { kind: 'button', label: t('letter.notification.button'), href: `${base}${href ?? '/notifications'}` },
  ]
  return { subject: title, preview: text || title, title, blocks: blocks.filter((block) => block !== false) }
}
