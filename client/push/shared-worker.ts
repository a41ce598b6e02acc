// The worker that holds one connection for all pages of a browser, and hands what it hears to each of them.
import { openAudience } from './audience.ts'
import type { FromPage, ToPage } from './sharing.ts'

const audience = openAudience()

addEventListener('connect', (event) => {
  const [page] = (event as MessageEvent).ports
  if (!page) return
  const tell = (told: ToPage) => page.postMessage(told)
  page.addEventListener('message', ({ data }: MessageEvent<FromPage>) => {
    if ('hello' in data) return audience.welcome(tell, data.hello.after)
    audience.leave(tell)
    page.close()
  })
  page.start()
})
