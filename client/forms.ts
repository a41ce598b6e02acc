// Forms: sent once, however often the button is pressed; what was typed stays when the network does not answer.
import { onHtmx } from './htmx.ts'
import { say } from './toasts.ts'
import { word } from './words.ts'

const guarded = (element: Element): HTMLFormElement | null => element.closest<HTMLFormElement>('form[data-guarded]')

const lock = (form: HTMLFormElement, locked: boolean): void => {
  form.toggleAttribute('data-sending', locked)
  form.setAttribute('aria-busy', String(locked))
  for (const button of form.querySelectorAll<HTMLButtonElement>('button[type="submit"]')) button.disabled = locked
}

// A plain form: locked after the browser has gathered its values, so that the pressed button's own value is among them.
document.addEventListener('submit', (event) => {
  const form = event.target instanceof HTMLFormElement ? guarded(event.target) : null
  if (!form) return
  if (form.hasAttribute('data-sending')) return event.preventDefault()
  if (!event.defaultPrevented) queueMicrotask(() => setTimeout(() => lock(form, true)))
})

// Coming back by the browser's history: a page from its cache must not stay locked.
addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-sending]')) lock(form, false)
})

onHtmx('htmx:before:request', ({ ctx }) => {
  const form = guarded(ctx.sourceElement)
  if (form) lock(form, true)
})

onHtmx('htmx:finally:request', ({ ctx }) => {
  const form = guarded(ctx.sourceElement)
  if (form) lock(form, false)
})

// No answer came: nothing is swapped, so the form and what was typed are still there. What a page asks for by itself fails quietly.
onHtmx('htmx:error', ({ ctx }) => {
  if (ctx && !ctx.response && !ctx.sourceElement.hasAttribute('data-quiet')) say(word('notSent'), 'danger')
})

/** After a form came back with errors, the summary gets the focus, and is read. */
const lookAtErrors = (): void => document.querySelector<HTMLElement>('[data-focus]')?.focus()

onHtmx('htmx:after:swap', ({ ctx }) => {
  if (ctx.response && ctx.response.status >= 400) lookAtErrors()
})
lookAtErrors()

// A form that is sent as soon as something is chosen in it.
document.addEventListener('change', ({ target }) => {
  if (target instanceof HTMLInputElement && 'sends' in target.dataset) target.form?.requestSubmit()
})
