// What opens over the frame: the person's menu with theme and language, and the command palette.
import { type IconName, icon } from './components/icon.ts'
import { type Surroundings, themes } from './document.ts'
import { attributes, type Html, html } from './html.ts'
import type { PlaceGroup } from './places.ts'
import type { Reader } from './reader.ts'

export type Person = { readonly name: string; readonly role: string }

/** The person's menu: who they are, their profile, theme and language, the way out. */
export const personMenu = (surroundings: Surroundings, person: Person): Html => {
  const { t } = surroundings.reader
  return html`<button class="person-button" type="button" popovertarget="person-menu"><span class="avatar" aria-hidden="true">${initials(person.name)}</span><span class="sr-only">${t('nav.person-menu', { name: person.name })}</span></button>
<div class="menu" id="person-menu" popover>
  <p class="menu-person"><strong>${person.name}</strong><span>${person.role}</span></p>
  <a class="menu-item" href="/profile">${icon('user')}${t('nav.profile')}</a>
  ${preferences(surroundings)}
  <form method="post" action="/logout"><button class="menu-item" type="submit">${icon('logout')}${t('nav.log-out')}</button></form>
</div>`
}

/** Theme and language: kept in cookies by the script, so that the server draws the next page with them at once. */
export const preferences = ({ reader, theme }: Surroundings): Html => {
  const { t, locale } = reader
  const choice = (kind: 'theme' | 'language', value: string, label: string, chosen: boolean, lang?: string) =>
    html`<button${attributes({ type: 'button', [`data-set-${kind}`]: value, 'aria-pressed': String(chosen), lang })}>${label}</button>`
  return html`<div class="preferences">
  <div class="segmented" role="group" aria-label="${t('nav.theme')}">${themes.map((value) => choice('theme', value, t(`nav.theme.${value}`), value === theme))}</div>
  <div class="segmented" role="group" aria-label="${t('nav.language')}">
    ${choice('language', 'pt-MZ', 'Português', locale === 'pt-MZ', 'pt')}
    ${choice('language', 'en', 'English', locale === 'en', 'en')}
  </div>
</div>`
}

/** Something to do, beside the places to go to: `Nova venda`. */
export type Command = { readonly href: string; readonly label: string; readonly icon: IconName }

/** Ctrl K: type a few letters, go to a place or do something. The script filters the list. */
export const palette = (
  { t }: Reader,
  groups: readonly PlaceGroup[],
  commands: readonly Command[] = [],
): Html => html`<dialog class="palette" id="palette" aria-label="${t('nav.commands')}">
  <span class="search-field">${icon('search')}<input type="search" id="palette-search" role="combobox" aria-expanded="true" aria-controls="palette-list" aria-autocomplete="list" aria-label="${t('nav.commands-placeholder')}" placeholder="${t('nav.commands-placeholder')}" autocomplete="off" autofocus></span>
  <ul class="palette-list" id="palette-list" role="listbox" aria-label="${t('nav.all-places')}">${commands.map((command, at) => paletteOption(`palette-command-${at}`, command))}${groups.flatMap(
    ({ label, places }) =>
      places.map((place) =>
        paletteOption(`palette-${place.id}`, { ...place, label: t(place.label) }, label && t(label)),
      ),
  )}</ul>
  <p class="palette-none" hidden>${t('nav.commands-none')}</p>
  <p class="palette-hint">${t('nav.commands-hint')}</p>
</dialog>`

const paletteOption = (id: string, { href, icon: sign, label }: Command, group?: string): Html =>
  html`<li id="${id}" role="option" aria-selected="false"><a tabindex="-1" href="${href}">${icon(sign)}<span>${label}</span>${group && html`<small>${group}</small>`}</a></li>`

const initials = (name: string): string => {
  const words = name.split(/\s+/).filter(Boolean)
  return [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word) => word?.charAt(0).toUpperCase() ?? '')
    .join('')
}
