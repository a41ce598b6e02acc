// One person: their role and place, their account, the sessions in which they are signed in.
import type { Person } from '../../projections/people.ts'
import { card, detailList, linkButton, notice, pageHead, submitButton } from '../components/index.ts'
import { type Html, html } from '../html.ts'
import type { Reader } from '../reader.ts'
import { personName, personStatus } from './people.ts'
import { type SessionLine, sessionsTable } from './sessions.ts'

export interface PersonPage {
  readonly person: Person
  readonly location: string | undefined
  /** Undefined for readers who may not see them. */
  readonly sessions: readonly SessionLine[] | undefined
  readonly may: {
    readonly write: boolean
    /** Not oneself: nobody shuts themselves out by a slip. */
    readonly deactivate: boolean
    readonly erase: boolean
    readonly revoke: boolean
  }
  /** A super-admin's account, seen by somebody who may not touch it. */
  readonly outranks: boolean
}

export const personContent = (reader: Reader, page: PersonPage): Html => {
  const { t, format } = reader
  const { person, sessions } = page
  return html`${pageHead({
    back: { href: '/people', label: t('people.title') },
    title: personName(reader, person),
    lead: personStatus(reader, person),
    actions: !person.erased && buttons(reader, page),
  })}
${page.outranks && notice('info', t('people.super-only'))}
<div class="columns">
  ${card({ title: t('common.details'), body: details(reader, page) })}
  ${
    !person.erased &&
    card({
      title: t('people.account'),
      body: detailList([
        [t('common.email'), person.email],
        [t('common.phone'), person.phone ?? t('common.not-set')],
        [
          t('people.password'),
          person.passwordChangedAt === null
            ? t('people.password-initial')
            : t('people.password-changed-at', { date: format.date(person.passwordChangedAt) }),
        ],
      ]),
    })
  }
</div>
${sessions && !person.erased && sessionsCard(reader, page, sessions)}`
}

const details = ({ t, format }: Reader, { person, location }: PersonPage): Html =>
  detailList([
    [t('people.role'), t(`people.role.${person.role}`)],
    [t('people.departments'), person.departments.length === 0 ? t('people.none') : person.departments.join(', ')],
    [t('people.workplace'), location ?? t('people.any-location')],
    [t('people.added-on'), format.date(person.addedAt)],
  ])

const buttons = (reader: Reader, { person, may }: PersonPage): Html => {
  const { t } = reader
  const path = `/people/${person.personId}`
  const question = t('people.deactivate-confirm', { name: personName(reader, person) })
  return html`${
    may.write &&
    html`${linkButton(`${path}/edit`, { label: t('common.edit'), icon: 'edit' })}${linkButton(`${path}/password`, { label: t('people.reset-password') })}`
  }${
    may.deactivate &&
    (person.active
      ? html`<form method="post" action="${path}/deactivate" data-guarded data-confirm="${question}">${submitButton({ label: t('people.deactivate'), look: 'plain' })}</form>`
      : html`<form method="post" action="${path}/reactivate" data-guarded>${submitButton({ label: t('people.reactivate') })}</form>`)
  }${may.erase && linkButton(`${path}/erase`, { label: t('people.erase'), icon: 'trash' })}`
}

const sessionsCard = (reader: Reader, { person, may }: PersonPage, lines: readonly SessionLine[]): Html => {
  const { t } = reader
  const path = `/people/${person.personId}/sessions`
  const question = t('people.revoke-confirm', { name: personName(reader, person) })
  return card({
    title: t('people.sessions'),
    flush: true,
    actions:
      may.revoke &&
      lines.some(({ current }) => !current) &&
      html`<form method="post" action="${path}/end" data-guarded data-confirm="${question}">${submitButton({ label: t(lines.some(({ current }) => current) ? 'people.revoke-all' : 'people.revoke-every'), look: 'plain', size: 'small' })}</form>`,
    body: sessionsTable(reader, {
      lines,
      endAt: (sessionId) => (may.revoke ? `${path}/${sessionId}/end` : undefined),
    }),
  })
}
