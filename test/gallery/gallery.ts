// The gallery: sample pages of the design system on a small server, to be looked at and to be tested for accessibility.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Theme } from '../../views/document.ts'
import type { Html } from '../../views/html.ts'
import type { Frame } from '../../views/layout.ts'
import type { Locale } from '../../views/locales/index.ts'
import { assetAt } from './assets.ts'
import { dashboardSample } from './sample-dashboard.ts'
import { errorSample, formSample } from './sample-forms.ts'
import { sampleFrame } from './sample-frame.ts'
import { emptySample, saleSample, tableSample } from './sample-list.ts'
import { loginSample } from './sample-login.ts'
import { receiptSample, tillSample } from './sample-till.ts'

const samples: Readonly<Record<string, (frame: Frame) => Html>> = {
  dashboard: dashboardSample,
  table: tableSample,
  sale: saleSample,
  empty: emptySample,
  form: formSample,
  login: loginSample,
  error: errorSample,
  till: tillSample,
  receipt: receiptSample,
}

export const sampleNames = Object.keys(samples)

/** The policy that the product is served with: nothing inline. */
const policy = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; frame-ancestors 'none'"

export type Gallery = {
  readonly address: (name: string, locale: Locale, theme: Theme) => string
  readonly close: () => Promise<void>
}

/** Opens the gallery on a free port of this machine. */
export const openGallery = async (): Promise<Gallery> => {
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://gallery')
    const asset = await assetAt(url.pathname)
    if (asset) return response.setHeader('content-type', asset.type).end(asset.body)
    const sample = samples[url.pathname.slice(1)]
    if (!sample) return response.writeHead(404).end('nothing here')
    const frame = sampleFrame(
      url.searchParams.get('locale') === 'en' ? 'en' : 'pt-MZ',
      url.searchParams.get('theme') === 'dark' ? 'dark' : 'light',
    )
    response.setHeader('content-security-policy', policy).setHeader('content-type', 'text/html; charset=utf-8')
    return response.end(String(await sample(frame)))
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  return {
    address: (name, locale, theme) => `http://127.0.0.1:${port}/${name}?locale=${locale}&theme=${theme}`,
    close: () => new Promise((closed) => server.close(() => closed())),
  }
}
