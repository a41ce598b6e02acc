// Says plainly whether the network is there, and what still works.
import { say } from './toasts.ts'
import { word } from './words.ts'

const show = (): void => {
  const online = navigator.onLine
  const sign = document.getElementById('connection')
  if (sign) {
    sign.dataset.state = online ? 'online' : 'offline'
    const text = sign.querySelector('.connection-word')
    if (text) text.textContent = word(online ? 'online' : 'offline')
  }
  const banner = document.getElementById('offline')
  if (banner) banner.hidden = online
}

addEventListener('offline', show)
addEventListener('online', () => {
  show()
  say(word('backOnline'), 'good')
})
show()
