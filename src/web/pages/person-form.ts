// People added, changed, given a new password, and erased for good.
import { Hono } from 'hono'
import { z } from 'zod'
import type { Person } from '../../../projections/people.ts'
import type { FormState } from '../../../views/components/field.ts'
import { layout } from '../../../views/layout.ts'
import type { PlainKey } from '../../../views/locales/index.ts'
import { erasureContent } from '../../../views/pages/erasure.ts'
import { personName } from '../../../views/pages/people.ts'
import { personFormContent, personPasswordContent } from '../../../views/pages/person-form.ts'
import type { Reader } from '../../../views/reader.ts'
import { addAccount, eraseAccount, setPassword } from '../../auth/accounts.ts'
import { type Role, roles } from '../../domain/values.ts'
import type { Assets } from '../assets.ts'
import { authorise } from '../authenticate.ts'
import { tellDone, tellPosition } from '../consistency.ts'
import { type AppContext, callerMay, callerOf, commandContext, type Environment } from '../environment.ts'
import { openSessionsOf } from '../open-sessions.ts'
import { ProblemError, rejected } from '../problems.ts'
import { guardRank } from '../rank.ts'
import { changeAccount } from './account-change.ts'
import { wrongWord } from './erasing.ts'
import { formContext, freshForm, type Typed, typedIn, withIssues, withRejection } from './form.ts'
import { frameOf, openLocations } from './frame.ts'
import { activePeople } from './named-people.ts'
import { personOf } from './people.ts'
import { leadTo } from './redirect.ts'
import { tell } from './toasts.ts'
import { optionalNewPassword, typedEmail, typedNewPassword, typedNote, typedOptional, typedText } from './typed.ts'

/** The roles that the caller may give: only a super-admin makes another. */
const rolesFor = (c: AppContext): readonly Role[] =>
  callerMay(c, 'people.super') ? roles : roles.filter((role) => role !== 'super-admin')

const personForm = (c: AppContext) =>
  z.object({
    name: typedText(),
    email: typedEmail(),
    phone: typedOptional(40),
    role: z.enum(rolesFor(c)),
    departments: typedNote(500).transform((text) => [
      ...new Set(
        text
          .split(',')
          .map((name) => name.trim())
          .filter((name) => name !== ''),
      ),
    ]),
    locationId: typedOptional(100),
  })

const fields: Readonly<Record<string, string>> = {
  'name-taken': 'email',
  'last-super-admin': 'role',
}

/** How a welcome reaches who is new: by mail, or not beyond the outbox. */
const welcomedBy = (c: AppContext): 'by-mail' | 'in-outbox' => (c.get('system').mail.isLocal ? 'in-outbox' : 'by-mail')

/** Without the passwords, which go nowhere but into their store. */
const withoutPassword = ({ password: _, ...typed }: Typed): Typed => typed

/** A refusal beside the field that it is about. */
const refused = ({ t, ...reader }: Reader, typed: Typed, rejection: Parameters<typeof withRejection>[2]): FormState => {
  const state = withRejection({ t, ...reader }, typed, rejection, fields[rejection.code] ?? 'form')
  return rejection.code === 'name-taken' ? { ...state, errors: { email: t('people.email-taken') } } : state
}

export function personFormPages(assets: Assets): Hono<Environment> {
  const pages = new Hono<Environment>()

  const showForm = async (c: AppContext, person: Person | undefined, state: FormState, status: 200 | 422 = 200) => {
    const frame = await frameOf(c, assets)
    const { t } = frame.reader
    const [all, open] = await Promise.all([activePeople(c), openLocations(c)])
    const path = person ? `/people/${person.personId}` : '/people'
    const title = t(person ? 'people.edit-title' : 'people.new')
    const main = personFormContent(frame.reader, {
      title,
      action: person ? `${path}/edit` : '/people/new',
      back: { href: path, label: person ? personName(frame.reader, person) : t('people.title') },
      button: t(person ? 'common.save' : 'people.save-new'),
      state,
      roles: rolesFor(c),
      locations: open.map(({ locationId: value, name: label }) => ({ value, label })),
      departments: [...new Set(all.flatMap(({ departments }) => departments))].sort(),
      ...(!person && { welcomed: welcomedBy(c) }),
    })
    return c.html(layout(frame, { title, main, current: 'people' }), status)
  }

  pages.get('/people/new', authorise('people.write'), (c) =>
    showForm(c, undefined, freshForm(c, { role: 'employee' satisfies Role })),
  )

  pages.post('/people/new', authorise('people.write'), async (c) => {
    const { reader } = await frameOf(c, assets)
    const typed = await typedIn(c)
    const kept = withoutPassword(typed)
    const parsed = personForm(c).extend({ password: optionalNewPassword }).safeParse(typed)
    if (!parsed.success) return showForm(c, undefined, withIssues(reader, typed, parsed.error), 422)
    const outcome = await addAccount(c.get('system'), parsed.data, formContext(c, kept))
    if (outcome.rejected) return showForm(c, undefined, refused(reader, kept, outcome), 422)
    tellPosition(c, outcome.position)
    tell(c, parsed.data.password === null ? `people.added-${welcomedBy(c)}` : 'people.added')
    return leadTo(c, `/people/${outcome.value.id}`)
  })

  /** The person of the address, whose account the caller may touch. */
  const touchable = async (c: AppContext): Promise<Person> => {
    const person = await personOf(c)
    await guardRank(c, person.personId)
    if (person.erased) throw new ProblemError('erased')
    return person
  }

  pages.get('/people/:id/edit', authorise('people.write'), async (c) => {
    const person = await touchable(c)
    const { name, email, phone, role, departments, locationId } = person
    const texts = { name: name ?? '', email: email ?? '', phone: phone ?? '', locationId: locationId ?? '' }
    return showForm(c, person, freshForm(c, { ...texts, role, departments: departments.join(', ') }))
  })

  pages.post('/people/:id/edit', authorise('people.write'), async (c) => {
    const { reader } = await frameOf(c, assets)
    const person = await touchable(c)
    const typed = await typedIn(c)
    const parsed = personForm(c).safeParse(typed)
    if (!parsed.success) return showForm(c, person, withIssues(reader, typed, parsed.error), 422)
    const outcome = await changeAccount(c, person, parsed.data, (part) => formContext(c, typed, part))
    if (outcome.rejected) return showForm(c, person, refused(reader, typed, outcome), 422)
    tellPosition(c, outcome.position)
    tell(c, 'common.saved')
    return leadTo(c, `/people/${person.personId}`)
  })

  const showPassword = async (c: AppContext, person: Person, state: FormState, status: 200 | 422 = 200) => {
    const frame = await frameOf(c, assets)
    const name = personName(frame.reader, person)
    const main = personPasswordContent(frame.reader, { name, path: `/people/${person.personId}`, state })
    return c.html(layout(frame, { title: frame.reader.t('people.reset-password'), main, current: 'people' }), status)
  }

  pages.get('/people/:id/password', authorise('people.write'), async (c) => showPassword(c, await touchable(c), {}))

  pages.post('/people/:id/password', authorise('people.write'), async (c) => {
    const { reader } = await frameOf(c, assets)
    const person = await touchable(c)
    const { personId } = person
    const parsed = z.object({ password: typedNewPassword }).safeParse(await typedIn(c))
    if (!parsed.success) return showPassword(c, person, withIssues(reader, {}, parsed.error), 422)
    const sessions = (await openSessionsOf(c, personId)).filter((id) => id !== callerOf(c).sid)
    const change = { personId, ...parsed.data, by: 'administrator', sessions } as const
    const outcome = await setPassword(c.get('system'), change, commandContext(c))
    if (outcome.rejected) throw rejected(outcome)
    tellPosition(c, await c.get('system').store.head())
    tell(c, 'people.password-set')
    return leadTo(c, `/people/${personId}`)
  })

  const showErase = async (c: AppContext, state: FormState, status: 200 | 422 = 200) => {
    const frame = await frameOf(c, assets)
    const { t } = frame.reader
    const person = await touchable(c)
    const name = personName(frame.reader, person)
    const path = `/people/${person.personId}`
    const title = t('people.erase-title', { name })
    const consequences = (['people.erase-what', 'people.erase-kept'] satisfies PlainKey[]).map((key) => t(key))
    const back = { href: path, label: name }
    const page = { title, action: `${path}/erase`, back, button: t('people.erase'), consequences, state }
    return c.html(layout(frame, { title, main: erasureContent(frame.reader, page), current: 'people' }), status)
  }

  pages.get('/people/:id/erase', authorise('people.erase'), (c) => showErase(c, freshForm(c)))

  pages.post('/people/:id/erase', authorise('people.erase'), async (c) => {
    const { reader } = await frameOf(c, assets)
    const { personId } = await touchable(c)
    if (personId === callerOf(c).sub) throw new ProblemError('own-account')
    const typed = await typedIn(c)
    const wrong = wrongWord(reader, typed)
    if (wrong) return showErase(c, wrong, 422)
    const outcome = await eraseAccount(c.get('system'), personId, formContext(c, typed))
    tellDone(c, outcome)
    tell(c, 'people.was-erased')
    return leadTo(c, `/people/${personId}`)
  })

  return pages
}
