// Keeps figures fresh while somebody looks at them: asks again every 15 seconds, and tints what has changed.
import { onHtmx } from './htmx.ts'

const every = 15_000
let asked = Date.now()

/** An element with `data-live` asks by htmx, on the event `refresh`. */
const refresh = (): void => {
  if (document.visibilityState !== 'visible' || !navigator.onLine || Date.now() - asked < every - 1_000) return
  asked = Date.now()
  for (const part of document.querySelectorAll('[data-live]')) part.dispatchEvent(new CustomEvent('refresh'))
}

setInterval(refresh, every)
document.addEventListener('visibilitychange', refresh)

const figures = (): [string, HTMLElement][] =>
  [...document.querySelectorAll<HTMLElement>('[data-live] [data-figure]')].map((figure) => [
    figure.dataset.figure ?? '',
    figure,
  ])

let before = new Map<string, string | null>()
const remember = (): void => {
  before = new Map(figures().map(([name, figure]) => [name, figure.textContent]))
}

onHtmx('htmx:after:swap', () => {
  for (const [name, figure] of figures()) {
    if (!before.has(name) || before.get(name) === figure.textContent) continue
    figure.classList.add('changed')
    figure.addEventListener('animationend', () => figure.classList.remove('changed'), { once: true })
  }
  remember()
})
remember()
