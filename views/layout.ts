// The frame of every page: rail, top bar, bottom bar on a phone, toasts; a slim one for the till, a bare one for login, set-up and errors.
import { button } from './components/button.ts'
import { confirmDialog } from './components/dialog.ts'
import { icon } from './components/icon.ts'
import { logo, mark } from './components/logo.ts'
import { type Toast, toast } from './components/toast.ts'
import { document, type Surroundings, scriptWords } from './document.ts'
import { attributes, type Content, type Html, html } from './html.ts'
import { type Command, type Person, palette, personMenu, preferences } from './menus.ts'
import { bell } from './pages/notifications.ts'
import { type Place, type PlaceGroup, type PlaceId, thumbPlaces } from './places.ts'
import type { Reader } from './reader.ts'

/** What the frame shows: made once a request, the same for all pages. */
export type Frame = Surroundings & {
  readonly person: Person
  /** The location where the person works now; `href` leads to where it is changed. */
  readonly location?: { readonly name: string; readonly href?: string }
  /** The places that the person may enter: `placesFor(…)`. */
  readonly places: readonly PlaceGroup[]
  /** What the command palette offers beside the places. */
  readonly commands?: readonly Command[]
  /** Notifications that the person has not read. */
  readonly unread?: number
  /** What to tell after a redirect. */
  readonly toasts?: readonly Toast[]
}

export type Page = {
  readonly title: string
  readonly main: Content
  readonly current?: PlaceId
  /** Client modules of this page: `client/till.ts`. */
  readonly scripts?: readonly string[]
}

/** A page in the whole frame. */
export const layout = (frame: Frame, page: Page): Html => {
  const { reader, places } = frame
  const { t } = reader
  return document(frame, {
    title: page.title,
    bodyAttrs: { class: 'framed' },
    ...(page.scripts && { scripts: page.scripts }),
    body: html`
${skipLink(reader)}
<nav class="rail" aria-label="${t('nav.main')}">
  <a class="rail-logo" href="/">${logo()}</a>
  ${placeList(reader, places, page.current)}
</nav>
<header class="topbar">
  <a class="topbar-mark" href="/" aria-label="${t('nav.today')}">${mark()}</a>
  ${frame.location && locationLink(reader, frame.location)}
  ${button({ label: t('nav.commands'), icon: 'search', key: 'Ctrl K', attrs: { class: 'topbar-search', command: 'show-modal', commandfor: 'palette' } })}
  ${connection(reader)}
  ${bell(reader, frame.unread ?? 0)}
  ${personMenu(frame, frame.person)}
</header>
${mainPart(reader, page.main)}
<nav class="bottombar" aria-label="${t('nav.main')}">
  ${thumbPlaces(places).map((place) => placeLink(reader, place, page.current))}
  <button type="button" popovertarget="all-places">${icon('more')}<span>${t('nav.more')}</span></button>
</nav>
<nav class="sheet" id="all-places" popover aria-label="${t('nav.all-places')}">${placeList(reader, places, page.current)}</nav>
${foot(frame)}`,
  })
}

/** The till's frame: the whole screen for the work, one way out. */
export const tillLayout = (frame: Frame, page: Page): Html => {
  const { reader } = frame
  return document(frame, {
    title: page.title,
    bodyAttrs: { class: 'till-page' },
    ...(page.scripts && { scripts: page.scripts }),
    body: html`
<header class="topbar till-bar">
  <a class="till-leave" href="/">${icon('left')}<span>${reader.t('nav.leave-till')}</span></a>
  <h1 class="till-title">${page.title}</h1>
  ${frame.location && html`<span class="topbar-location">${icon('location')}<span>${frame.location.name}</span></span>`}
  ${connection(reader)}
  ${personMenu(frame, frame.person)}
</header>
${mainPart(reader, page.main)}
${foot(frame)}`,
  })
}

/** A page without the frame: login, set-up, errors. `wide`: for set-up's longer form. */
export const barePage = (surroundings: Surroundings, page: Page & { readonly wide?: boolean }): Html =>
  document(surroundings, {
    title: page.title,
    bodyAttrs: { class: page.wide ? 'bare bare-wide' : 'bare' },
    ...(page.scripts && { scripts: page.scripts }),
    body: html`
<header class="bare-head">${logo()}</header>
<main id="main" class="bare-main" tabindex="-1">${page.main}</main>
<footer class="bare-foot">${preferences(surroundings)}</footer>
${toasts([], surroundings.reader)}
${scriptWords(surroundings.reader)}`,
  })

const skipLink = ({ t }: Reader): Html => html`<a class="skip" href="#main">${t('nav.skip')}</a>`

const mainPart = ({ t }: Reader, main: Content): Html => html`<main id="main" tabindex="-1">
  <div class="offline-banner" id="offline" role="status" hidden>${t('nav.offline-banner')}</div>
  ${main}
</main>`

/** Everything that waits out of sight: toasts, dialogs, palette, the scripts' words. */
const foot = (frame: Frame): Html => html`
${toasts(frame.toasts ?? [], frame.reader)}
<div id="dialogs"></div>
${confirmDialog(frame.reader)}
${palette(frame.reader, frame.places, frame.commands)}
${scriptWords(frame.reader)}`

const toasts = (told: readonly Toast[], reader: Reader): Html =>
  html`<div class="toasts" id="toasts" role="status" aria-live="polite">${told.map((one) => toast(reader, one))}</div>`

const placeList = (reader: Reader, groups: readonly PlaceGroup[], current: PlaceId | undefined): Html =>
  html`${groups.map(
    ({ label, places }) => html`<div class="place-group">
      ${label && html`<p class="place-group-label">${reader.t(label)}</p>`}
      <ul>${places.map((place) => html`<li>${placeLink(reader, place, current)}</li>`)}</ul>
    </div>`,
  )}`

const placeLink = ({ t }: Reader, { id, href, icon: name, label }: Place, current: PlaceId | undefined): Html =>
  html`<a class="place"${attributes({ href, 'aria-current': id === current && 'page', title: t(label) })}>${icon(name)}<span>${t(label)}</span></a>`

const locationLink = ({ t }: Reader, { name, href }: NonNullable<Frame['location']>): Html => {
  const inside = html`${icon('location')}<span>${name}</span>`
  return href
    ? html`<a class="topbar-location" href="${href}" title="${t('nav.change-location')}">${inside}</a>`
    : html`<span class="topbar-location">${inside}</span>`
}

const connection = ({ t }: Reader): Html =>
  html`<span class="connection" id="connection" data-state="online"><span class="connection-dot"></span><span class="connection-word">${t('nav.online')}</span></span>`
