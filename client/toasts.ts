// Toasts: gone by themselves after a while, but never while they are pointed at or focused; a toast of danger stays.
import { word } from './words.ts'

const lifetime = 6_000
const region = document.getElementById('toasts')

/** Shows a toast made here: for what the server cannot say because it was not reached. */
export const say = (text: string, tone: 'good' | 'danger'): void => {
  if (!text || !region) return
  const toast = document.createElement('div')
  toast.className = `toast tone-${tone}`
  toast.dataset.toast = tone === 'danger' ? 'stays' : 'passes'
  const said = document.createElement('p')
  said.textContent = text
  const close = document.createElement('button')
  close.type = 'button'
  close.className = 'button button-quiet'
  close.dataset.dismiss = ''
  close.textContent = word('close')
  toast.append(said, close)
  region.append(toast)
}

const isHeld = (toast: Element): boolean => toast.matches(':hover, :focus-within')

const letPass = (toast: Element): void => {
  let timer = setTimeout(end, lifetime)
  function end() {
    if (isHeld(toast)) return
    toast.remove()
  }
  for (const leaving of ['mouseleave', 'focusout'])
    toast.addEventListener(leaving, () => {
      clearTimeout(timer)
      timer = setTimeout(end, lifetime / 2)
    })
}

const startClocks = (nodes: Iterable<Node>): void => {
  for (const node of nodes) if (node instanceof HTMLElement && node.dataset.toast === 'passes') letPass(node)
}

if (region) {
  startClocks(region.children)
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) startClocks(addedNodes)
  }).observe(region, { childList: true })

  region.addEventListener('click', ({ target }) => {
    if (target instanceof Element && target.closest('[data-dismiss]')) target.closest('.toast')?.remove()
  })
  // An undo that was sent is over, whatever came of it: the answer brings its own toast.
  region.addEventListener('htmx:finally:request', ({ target }) => {
    if (target instanceof Element) target.closest('.toast')?.remove()
  })
}
