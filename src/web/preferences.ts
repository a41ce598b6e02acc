// Language and theme: what a person prefers is kept with them, and in cookies, by which the first byte of a page is drawn.
import { setCookie } from 'hono/cookie'
import { type Person, people } from '../../projections/people.ts'
import type { AppContext } from './environment.ts'

type Preferences = Pick<Person, 'locale' | 'theme'>

/** Sets the cookies as the page's own script does (client/preferences.ts), which must be able to change them. */
export function showPreferences(c: AppContext, { locale, theme }: Preferences): void {
  const secure = c.get('system').config.publicUrl?.startsWith('https:') ?? false
  const options = { path: '/', maxAge: 365 * 24 * 3600, sameSite: 'Lax', secure } as const
  setCookie(c, 'locale', locale, options)
  setCookie(c, 'theme', theme, options)
}

/** What the person chose once, in whatever browser they sign in; who never chose keeps what this browser shows. */
export async function recallPreferences(c: AppContext, personId: string): Promise<void> {
  const person = (await c.get('system').models.get(people, personId))?.document
  if (person?.preferencesChangedAt) showPreferences(c, person)
}
