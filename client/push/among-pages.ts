// One connection for all pages of a browser without shared workers: the page that holds a lock has it, and tells the others over a channel.
// When that page goes, the lock passes to another, which opens the connection anew and goes on from what it has heard.
import { openAudience, type Tell } from './audience.ts'
import type { FromPage, ToPage } from './sharing.ts'

/** What goes over the channel; every page hears all of it. */
type Said =
  /** A page to whoever leads. */
  | { readonly from: string; readonly said: FromPage }
  /** Who leads to one page. */
  | { readonly to: string; readonly told: ToPage }
  /** Somebody leads from now on. */
  | { readonly leader: string }

export interface AmongPages {
  /** Only pages of the same name share. */
  readonly name: string
  /** Up to here the page has been told. */
  readonly position: () => string
  readonly hear: Tell
}

/** Whether a browser can: locks are for secure origins only. */
export const canShareAmongPages = (): boolean =>
  typeof BroadcastChannel !== 'undefined' && typeof navigator !== 'undefined' && 'locks' in navigator

/** Joins the pages of that name. */
export function joinPages({ name, position, hear }: AmongPages): void {
  const me = crypto.randomUUID()
  const channel = new BroadcastChannel(name)
  const post = (said: Said) => channel.postMessage(said)
  const hello = () => post({ from: me, said: { hello: { after: position() } } })
  /** What comes from pages, while this one leads. */
  let lead: ((from: string, said: FromPage) => void) | undefined

  channel.addEventListener('message', ({ data }: MessageEvent<Said>) => {
    if ('leader' in data) hello()
    else if ('said' in data) lead?.(data.from, data.said)
    else if (data.to === me) hear(data.told)
  })
  addEventListener('pagehide', (event) => {
    if (!event.persisted) post({ from: me, said: { bye: true } })
  })
  hello()

  const leading = (): Promise<never> => {
    const audience = openAudience()
    const pages = new Map<string, Tell>()
    lead = (from, said) => {
      const tell: Tell = pages.get(from) ?? ((told) => post({ to: from, told }))
      if ('hello' in said) {
        pages.set(from, tell)
        return audience.welcome(tell, said.hello.after)
      }
      pages.delete(from)
      audience.leave(tell)
    }
    audience.welcome(hear, position())
    post({ leader: me })
    // The lock is held until the page goes.
    return new Promise(() => undefined)
  }
  void navigator.locks.request(name, leading)
}
