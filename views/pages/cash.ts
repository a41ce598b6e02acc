// Cash sessions: the list, and one of them with its figures and its story.
import type { CashSession } from '../../projections/cash-sessions.ts'
import {
  type Column,
  card,
  emptyState,
  type Fact,
  figureTile,
  linkButton,
  notice,
  pageHead,
  pathline,
  status,
  table,
  tabs,
  tiles,
} from '../components/index.ts'
import { type Html, html } from '../html.ts'
import type { Reader } from '../reader.ts'

export const cashFilters = ['open', 'closed'] as const

export interface CashPage {
  readonly sessions: readonly CashSession[]
  readonly filter: (typeof cashFilters)[number] | undefined
  readonly count: number
  readonly next: string | undefined
  readonly further: boolean
  readonly names: ReadonlyMap<string, string>
}

/** How the count compares with what should have been there: a shape and words. */
export const cashDifference = ({ t, format }: Reader, { difference }: CashSession): Html => {
  if (difference === null) return html``
  if (difference === 0) return status('good', t('cash.exact'))
  const amount = format.money(Math.abs(difference))
  return difference > 0 ? status('warning', t('cash.over', { amount })) : status('danger', t('cash.short', { amount }))
}

const state = ({ t }: Reader, { status: now }: CashSession): Html =>
  now === 'open' ? status('info', t('cash.status.open')) : status('neutral', t('cash.status.closed'))

export const cashContent = (reader: Reader, page: CashPage): Html => {
  const { t } = reader
  const { sessions, filter, count, next, further } = page
  const address = (status: string | undefined, after?: string) => {
    const query = new URLSearchParams({ ...(status && { status }), ...(after && { after }) })
    return query.size === 0 ? '/cash' : `/cash?${query}`
  }
  const tab = (value: (typeof cashFilters)[number] | undefined) => ({
    href: address(value),
    label: t(`cash.filter.${value ?? 'all'}`),
    current: value === filter,
  })
  return html`${pageHead({
    title: t('cash.title'),
    lead: t('cash.count', { count }),
    actions: linkButton('/cash/open', { label: t('cash.open'), look: 'primary', icon: 'cash' }),
  })}
${tabs(t('common.status'), [tab(undefined), ...cashFilters.map(tab)])}
${table(reader, {
  id: 'cash',
  caption: t('cash.list'),
  columns: columns(reader, page),
  rows: sessions,
  empty: emptyState(t('cash.empty'), t('cash.empty-hint'), linkButton('/cash/open', { label: t('cash.open') })),
  pager: { previous: further ? address(filter) : undefined, next: next && address(filter, next) },
})}`
}

const columns = (reader: Reader, { names }: CashPage): readonly Column<CashSession>[] => {
  const { t, format } = reader
  return [
    {
      label: t('sales.till'),
      primary: true,
      cell: ({ cashSessionId, till, locationId }) =>
        html`<a href="/cash/${cashSessionId}">${t('cash.till', { number: till })}</a><small>${names.get(locationId)}</small>`,
    },
    { label: t('cash.opened-by'), cell: ({ cashierId }) => names.get(cashierId) },
    {
      label: t('cash.opened-at'),
      cell: ({ openedAt }) => html`<time class="num" datetime="${openedAt}">${format.dateTime(openedAt)}</time>`,
    },
    {
      label: t('cash.closed-at'),
      kind: 'minor',
      cell: ({ closedAt }) =>
        closedAt && html`<time class="num" datetime="${closedAt}">${format.dateTime(closedAt)}</time>`,
    },
    { label: t('common.status'), cell: (session) => state(reader, session) },
    { label: t('cash.difference'), cell: (session) => cashDifference(reader, session) },
    {
      label: t('cash.counted'),
      numeric: true,
      cell: ({ counted }) => (counted === null ? '' : format.money(counted)),
    },
  ]
}

export interface CashSessionPage {
  readonly session: CashSession
  readonly names: ReadonlyMap<string, string>
  /** Who counts an open drawer should not know what is expected in it. */
  readonly maySeeExpected: boolean
  readonly mayHandle: boolean
}

export const cashSessionContent = (reader: Reader, page: CashSessionPage): Html => {
  const { t, format } = reader
  const { session, names, maySeeExpected, mayHandle } = page
  const open = session.status === 'open'
  const known = maySeeExpected || !open
  const to = (path: string) => `/cash/${session.cashSessionId}/${path}`
  const moved = session.moved.reduce((sum, { amount }) => sum + amount, 0)
  return html`${pageHead({
    title: t('cash.session-of', { number: session.till, day: format.date(session.day) }),
    lead: html`${state(reader, session)} · ${names.get(session.locationId)} · ${names.get(session.cashierId)}`,
    back: { href: '/cash', label: t('cash.title') },
    actions:
      open &&
      mayHandle &&
      html`${linkButton(to('close'), { label: t('cash.close'), look: 'primary' })}
        ${linkButton(to('move'), { label: t('cash.move'), icon: 'cash' })}
        ${linkButton(`/till?till=${session.till}`, { label: t('cash.sell'), icon: 'till' })}`,
  })}
${!open && session.difference !== 0 && notice('warning', t('cash.difference'), html`${cashDifference(reader, session)}${session.note && html`<p>“${session.note}”</p>`}`)}
${tiles(
  figureTile({ label: t('cash.opening-float'), value: format.money(session.openingFloat) }),
  figureTile({ label: t('cash.taken'), value: known ? format.money(session.taken) : '—' }),
  figureTile({ label: t('cash.given-back'), value: format.money(session.givenBack) }),
  figureTile({ label: t('cash.moved'), value: format.money(moved) }),
  figureTile({
    label: t('cash.expected'),
    value: known ? format.money(session.expected) : '—',
    ...(!known && { note: t('cash.hidden') }),
  }),
  session.counted !== null &&
    figureTile({
      label: t('cash.counted'),
      value: format.money(session.counted),
      note: cashDifference(reader, session),
    }),
)}
${card({ title: t('cash.story'), body: pathline(t('cash.story'), story(reader, page)) })}`
}

const story = ({ t, format }: Reader, { session, names }: CashSessionPage): readonly Fact[] => {
  const when = (at: string) => ({ text: format.dateTime(at), instant: at })
  return [
    {
      title: t('cash.story.opened', { amount: format.money(session.openingFloat) }),
      when: when(session.openedAt),
      who: names.get(session.cashierId),
      tone: 'good',
    },
    ...session.moved.map(
      ({ amount, reason, by, at }): Fact => ({
        title: t(amount > 0 ? 'cash.story.in' : 'cash.story.out', { amount: format.money(Math.abs(amount)) }),
        when: when(at),
        who: names.get(by),
        body: `“${reason}”`,
      }),
    ),
    session.closedAt === null || session.counted === null
      ? { title: t('cash.story.open-still'), pending: true }
      : {
          title: t('cash.story.closed', { amount: format.money(session.counted) }),
          when: when(session.closedAt),
          who: session.closedBy && names.get(session.closedBy),
          tone: session.difference === 0 ? 'good' : 'warning',
        },
  ]
}
