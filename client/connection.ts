// Says plainly whether the server is reached, and what still works when it is not.
import { pushed } from './pushed.ts'
import { say } from './toasts.ts'
import { word } from './words.ts'

type Sign = 'online' | 'connecting' | 'offline'

/** Milliseconds that a connection may take to come back before it counts as gone. */
const patience = 4_000

let sign: Sign | undefined
let wasOffline = false
let timer: ReturnType<typeof setTimeout> | undefined

const show = (next: Sign): void => {
  clearTimeout(timer)
  if (next === 'connecting') timer = setTimeout(show, patience, 'offline')
  if (next === sign) return
  sign = next
  const shown = document.getElementById('connection')
  if (shown) {
    shown.dataset.state = next
    const text = shown.querySelector('.connection-word')
    if (text) text.textContent = word(next)
  }
  const banner = document.getElementById('offline')
  if (banner) banner.hidden = next !== 'offline'
  if (next === 'offline') wasOffline = true
  if (next !== 'online' || !wasOffline) return
  wasOffline = false
  say(word('backOnline'), 'good')
}

if (pushed)
  pushed.onState((state) => {
    if (!navigator.onLine || state === 'offline') show('offline')
    else if (state === 'live' || state === 'refused') show('online')
    // A page that has just come is taken for reached: it came from there.
    else if (sign === undefined && state === 'connecting') timer = setTimeout(show, patience, 'offline')
    else show('connecting')
  })
addEventListener('offline', () => show('offline'))
addEventListener('online', () => show(pushed ? 'connecting' : 'online'))
if (!navigator.onLine) show('offline')
