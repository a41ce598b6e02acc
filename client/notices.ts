// Tells the reader of a notification when it comes: the bell counts, a toast says what it is, and the browser too where it may.
import { pushed } from './pushed.ts'
import { say } from './toasts.ts'

const list = '/notifications'

/** The list as it is at a position: it has the words, in the reader's language. */
async function listAt(position: string): Promise<Document | undefined> {
  const answer = await fetch(list, { headers: { minPosition: position } })
  return answer.ok ? new DOMParser().parseFromString(await answer.text(), 'text/html') : undefined
}

function showBell(page: Document): void {
  const fresh = page.getElementById('bell')
  const shown = document.getElementById('bell')
  // The link itself stays, so that nobody loses the focus.
  if (!fresh || !shown) return
  shown.innerHTML = fresh.innerHTML
  for (const name of ['aria-label', 'title']) shown.setAttribute(name, fresh.getAttribute(name) ?? '')
}

/** Only the page that is looked at says it: the others would say it again. */
function announce(title: string): void {
  if (document.visibilityState === 'visible') say(title, 'good')
  else if ('Notification' in globalThis && Notification.permission === 'granted')
    new Notification(title, {
      tag: title,
      icon: document.querySelector<HTMLLinkElement>('link[rel="icon"]')?.href ?? '',
    })
}

async function notice(position: string, notificationId: string | null): Promise<void> {
  const page = await listAt(position)
  if (!page) return
  showBell(page)
  if (notificationId === null) return
  const title = page.querySelector(`#notification-${CSS.escape(notificationId)} .notification-title`)
  const text = title?.firstChild?.textContent?.trim()
  if (text) announce(text)
}

const asking = document.getElementById('ask-notices')
if (asking && 'Notification' in globalThis && Notification.permission === 'default') {
  asking.hidden = false
  asking.addEventListener('click', async () => {
    await Notification.requestPermission()
    asking.hidden = true
  })
}

pushed?.onMessage((message) => {
  const { event, position } = message
  if (event === 'notification') void notice(position, message.data.notificationId).catch(() => undefined)
  if (event === 'notifications-read') void notice(position, null).catch(() => undefined)
})
