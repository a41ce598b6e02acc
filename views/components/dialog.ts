// Dialogs: a question or a short form over the page. Escape and the cross close them; focus stays inside and returns.
import { type Content, type Html, html } from '../html.ts'
import type { Reader } from '../reader.ts'
import { button } from './button.ts'

/**
 * A dialog. Opened by `<button command="show-modal" commandfor="ID">`, or at once when it is swapped into `#dialogs` by htmx.
 * `wide`: for a table or two columns.
 */
export const dialog = (
  { t }: Reader,
  given: { readonly id: string; readonly title: string; readonly body: Content; readonly wide?: boolean },
): Html => html`<dialog class="dialog${given.wide ? ' dialog-wide' : ''}" id="${given.id}" aria-labelledby="${given.id}-title">
  <header class="dialog-head">
    <h2 id="${given.id}-title">${given.title}</h2>
    ${closeButton(t('common.close'), given.id)}
  </header>
  <div class="dialog-body">${given.body}</div>
</dialog>`

/** A button that opens a dialog on the page. */
export const opens = (dialogId: string) => ({ command: 'show-modal', commandfor: dialogId })

/** A button that closes a dialog on the page. */
export const closes = (dialogId: string) => ({ command: 'close', commandfor: dialogId })

/** The one dialog that asks before what cannot be undone; filled by `hx-confirm` or `data-confirm`, on which it waits. */
export const confirmDialog = ({
  t,
}: Reader): Html => html`<dialog class="dialog" id="confirm" aria-labelledby="confirm-title" aria-describedby="confirm-text">
  <form method="dialog">
    <header class="dialog-head"><h2 id="confirm-title">${t('nav.confirm-title')}</h2></header>
    <div class="dialog-body"><p id="confirm-text"></p></div>
    <div class="actions">
      ${button({ label: t('common.confirm'), look: 'primary', attrs: { type: 'submit', value: 'yes', id: 'confirm-yes' } })}
      ${button({ label: t('common.cancel'), attrs: { type: 'submit', value: 'no', autofocus: true } })}
    </div>
  </form>
</dialog>`

const closeButton = (label: string, id: string): Html =>
  button({ label, look: 'quiet', icon: 'close', iconOnly: true, attrs: closes(id) })
