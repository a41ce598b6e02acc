// The people who use the system: found by words, role and standing.
import type { Person } from '../../projections/people.ts'
import {
  badge,
  type Chip,
  type Column,
  emptyState,
  filterBar,
  linkButton,
  type Pager,
  pageHead,
  select,
  status,
  table,
} from '../components/index.ts'
import { type Html, html } from '../html.ts'
import type { Reader } from '../reader.ts'

type Role = Person['role']

export const peopleShows = ['active', 'inactive', 'all'] as const
export type PeopleShow = (typeof peopleShows)[number]

export interface PeoplePage {
  readonly people: readonly Person[]
  readonly count: number
  readonly filter: { readonly search: string; readonly role: Role | undefined; readonly show: PeopleShow }
  readonly chips: readonly Chip[]
  readonly pager: Pager
  readonly placeName: (locationId: string | null) => string | undefined
  readonly roles: readonly Role[]
  /** The reader's own id. */
  readonly self: string
  readonly mayWrite: boolean
}

/** How a person is called; those who were erased have no name any more. */
export const personName = ({ t }: Reader, { name }: Pick<Person, 'name'>): string => name ?? t('common.erased-person')

/** Whether a person may come in, in a shape and a word. */
export const personStatus = ({ t }: Reader, { active, erased }: Pick<Person, 'active' | 'erased'>): Html => {
  if (erased) return status('neutral', t('people.status.erased'))
  return active ? status('good', t('people.status.active')) : status('warning', t('people.status.deactivated'))
}

export const peopleContent = (reader: Reader, page: PeoplePage): Html => {
  const { t } = reader
  const { filter, roles } = page
  return html`${pageHead({
    title: t('people.title'),
    lead: t('people.count', { count: page.count }),
    actions: page.mayWrite && linkButton('/people/new', { label: t('people.new'), look: 'primary', icon: 'plus' }),
  })}
${filterBar(reader, {
  action: '/people',
  search: { value: filter.search, placeholder: t('people.search') },
  fields: html`${select(
    reader,
    {},
    {
      name: 'role',
      label: t('people.role'),
      value: filter.role ?? '',
      empty: t('people.every-role'),
      choices: roles.map((value) => ({ value, label: t(`people.role.${value}`) })),
    },
  )}${select(
    reader,
    {},
    {
      name: 'show',
      label: t('common.status'),
      required: true,
      value: filter.show,
      choices: peopleShows.map((value) => ({ value, label: t(`people.show.${value}`) })),
    },
  )}`,
  chips: page.chips,
  clear: '/people',
  attrs: {
    'hx-get': '/people',
    'hx-trigger': 'input delay:250ms, submit',
    'hx-target': '#people-found',
    'hx-select': '#people-found',
    'hx-swap': 'outerHTML',
    'hx-replace-url': 'true',
    'hx-sync': 'this:replace',
  },
})}
<div id="people-found">${table(reader, {
    id: 'people',
    caption: t('people.title'),
    columns: columns(reader, page),
    rows: page.people,
    row: ({ personId }) => ({ id: `person-${personId}` }),
    empty: emptyState(
      t('common.nothing-found'),
      t('common.nothing-found-hint'),
      linkButton('/people', { label: t('common.clear-filters') }),
    ),
    pager: page.pager,
  })}</div>`
}

const columns = (reader: Reader, { self, placeName }: PeoplePage): readonly Column<Person>[] => {
  const { t } = reader
  return [
    {
      label: t('common.name'),
      primary: true,
      cell: (person) =>
        html`<a href="/people/${person.personId}">${personName(reader, person)}</a>${person.personId === self && html` ${badge(t('people.you'))}`}`,
    },
    { label: t('people.role'), cell: ({ role }) => t(`people.role.${role}`) },
    { label: t('common.email'), kind: 'minor', cell: ({ email }) => email ?? '–' },
    {
      label: t('people.departments'),
      cell: ({ departments }) => (departments.length === 0 ? '–' : departments.join(', ')),
    },
    {
      label: t('people.workplace'),
      kind: 'minor',
      cell: ({ locationId }) => placeName(locationId) ?? t('people.any-location'),
    },
    { label: t('common.status'), cell: (person) => personStatus(reader, person) },
  ]
}
