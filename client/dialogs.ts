// Dialogs: opened by their buttons, at once when htmx brings them; the question before what cannot be undone.
import { onHtmx } from './htmx.ts'

const dialogNamed = (id: string | null): HTMLDialogElement | undefined => {
  const found = id ? document.getElementById(id) : null
  return found instanceof HTMLDialogElement ? found : undefined
}

// Where the browser does not yet know the `command` attribute, this does the same.
if (!('command' in HTMLButtonElement.prototype))
  document.addEventListener('click', ({ target }) => {
    const button = target instanceof Element ? target.closest('button[commandfor]') : null
    const dialog = dialogNamed(button?.getAttribute('commandfor') ?? null)
    if (button?.getAttribute('command') === 'show-modal') dialog?.showModal()
    if (button?.getAttribute('command') === 'close') dialog?.close()
  })

// A click beside a dialog closes it, unless something was typed in it.
document.addEventListener('click', ({ target }) => {
  if (!(target instanceof HTMLDialogElement)) return
  const typed = [...target.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea')].some(
    (field) => field.type !== 'hidden' && field.value !== field.defaultValue,
  )
  if (!typed || target.id === 'palette') target.close()
})

const arrivals = document.getElementById('dialogs')
if (arrivals)
  new MutationObserver(() => {
    const dialog = arrivals.querySelector('dialog')
    if (!dialog || dialog.open) return
    dialog.addEventListener('close', () => dialog.remove(), { once: true })
    dialog.showModal()
  }).observe(arrivals, { childList: true })

/** Asks in the page's own dialog, its button saying what the pressed one said; without it, in the browser's. */
const ask = (question: string, pressed: Element | null): Promise<boolean> => {
  const dialog = dialogNamed('confirm')
  const text = document.getElementById('confirm-text')
  if (!dialog || !text) return Promise.resolve(confirm(question))
  text.textContent = question
  const yes = dialog.querySelector('#confirm-yes > span')
  const verb = pressed?.textContent?.trim() || pressed?.getAttribute('aria-label')
  if (yes && verb) yes.textContent = verb
  dialog.returnValue = ''
  dialog.showModal()
  return new Promise((resolve) =>
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'), { once: true }),
  )
}

const pressedIn = (source: Element): Element | null =>
  source instanceof HTMLButtonElement ? source : source.querySelector('button[type="submit"]')

onHtmx('htmx:confirm', ({ ctx, issueRequest, dropRequest }, event) => {
  if (!ctx.confirm || !issueRequest) return
  event.preventDefault()
  void ask(ctx.confirm, pressedIn(ctx.sourceElement)).then((yes) => (yes ? issueRequest() : dropRequest?.()))
})

// Plain forms with a question: `<form data-confirm="…">`.
const confirmed = new WeakSet<HTMLFormElement>()
document.addEventListener(
  'submit',
  (event) => {
    const form = event.target
    if (!(form instanceof HTMLFormElement) || !form.dataset.confirm || confirmed.has(form)) return
    event.preventDefault()
    event.stopImmediatePropagation()
    const { submitter } = event
    void ask(form.dataset.confirm, submitter).then((yes) => {
      if (!yes) return
      confirmed.add(form)
      form.requestSubmit(submitter)
      confirmed.delete(form)
    })
  },
  { capture: true },
)
