// Keeps what a page shows up to date while somebody looks at it: in place, with a tint on what has changed, never under the hand or the eye.
import { onHtmx, type RequestContext } from './htmx.ts'
import { pushed } from './pushed.ts'
import { say } from './toasts.ts'
import { word } from './words.ts'

/** Milliseconds in which changes are gathered, and between two askings. */
const gather = 150
const pause = 2_000
/** Without a connection, and for what no event tells of, milliseconds between two askings. */
const every = 15_000

/** What waits to be asked for, by the part's id, and the position that it must then show; '' where any will do. */
const waiting = new Map<string, string>()
let timer: ReturnType<typeof setTimeout> | undefined
let askedAt = 0
let isLive = false

const parts = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('[data-live]')]
const hears = (part: HTMLElement): readonly string[] => (part.dataset.live ?? '').split(' ').filter(Boolean)

const canHover = matchMedia('(hover: hover)')
/** Whether somebody points at it, types in it or has marked something in it: then nothing may move. */
const isHeld = (part: HTMLElement): boolean => {
  if (part.querySelector(':is(input, select, textarea):focus')) return true
  const selection = getSelection()
  if (selection && !selection.isCollapsed && selection.containsNode(part, true)) return true
  return part.hasAttribute('data-live-list') && canHover.matches && part.matches(':hover')
}

const ask = (): void => {
  timer = undefined
  if (document.visibilityState !== 'visible' || !navigator.onLine) return
  askedAt = Date.now()
  for (const part of parts()) if (waiting.has(part.id) && !isHeld(part)) part.dispatchEvent(new CustomEvent('refresh'))
}

const askSoon = (): void => {
  if (waiting.size === 0 || timer !== undefined) return
  timer = setTimeout(ask, Math.max(gather, askedAt + pause - Date.now()))
}

const want = (wanted: (part: HTMLElement) => boolean, position = ''): void => {
  for (const part of parts()) if (wanted(part)) waiting.set(part.id, position || (waiting.get(part.id) ?? ''))
  askSoon()
}

pushed?.onMessage(({ event, position }) => want((part) => hears(part).includes(event), position))
pushed?.onStale(() => want(() => true))
pushed?.onReset(() => {
  // No part may wait for a position of the log that is gone.
  waiting.clear()
  want(() => true)
  say(word('restored'), 'danger')
})
pushed?.onState((state) => {
  isLive = state === 'live'
  // Only somebody who has signed in again can go on; asking for the page leads them there.
  if (state === 'refused') want(() => true)
})
setInterval(() => want((part) => !isLive || hears(part).length === 0), every)
addEventListener('pageshow', ({ persisted }) => persisted && want(() => true))
document.addEventListener('visibilitychange', askSoon)
for (const released of ['pointerout', 'focusout', 'selectionchange']) document.addEventListener(released, askSoon)

const isLivePart = ({ sourceElement }: RequestContext): boolean => sourceElement.hasAttribute('data-live')

onHtmx('htmx:config:request', ({ ctx }) => {
  if (!isLivePart(ctx)) return
  const position = waiting.get(ctx.sourceElement.id)
  waiting.delete(ctx.sourceElement.id)
  if (position) ctx.request.headers.minPosition = position
  ctx.sourceElement.setAttribute('data-asked', position ?? '')
})
onHtmx('htmx:finally:request', ({ ctx }) => {
  if (!isLivePart(ctx)) return
  // The read models are not there yet, or nobody answered: later.
  const { status = 0 } = ctx.response ?? {}
  const position = ctx.sourceElement.getAttribute('data-asked') ?? ''
  if (status !== 0 && status < 500) return
  if (!waiting.has(ctx.sourceElement.id)) waiting.set(ctx.sourceElement.id, position)
  if (status >= 500 || isLive) askSoon()
})

/** What is tinted when it changes: figures, and rows of lists. */
const shown = (): Map<string, HTMLElement> =>
  new Map(
    [...document.querySelectorAll<HTMLElement>('[data-live] :is([data-figure], tbody tr[id])')].map((element) => [
      element.dataset.figure ?? element.id,
      element,
    ]),
  )
const textsOf = (elements: ReadonlyMap<string, HTMLElement>) =>
  new Map([...elements].map(([name, { textContent }]) => [name, textContent]))
let before = textsOf(shown())

onHtmx('htmx:after:swap', ({ ctx }) => {
  const now = shown()
  if (isLivePart(ctx))
    for (const [name, element] of now) {
      const isNewFigure = !before.has(name) && element.dataset.figure !== undefined
      if (isNewFigure || before.get(name) === element.textContent) continue
      element.classList.add('changed')
      element.addEventListener('animationend', () => element.classList.remove('changed'), { once: true })
    }
  before = textsOf(now)
})
