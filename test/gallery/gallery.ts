// The gallery: sample pages of the design system on a small server, to be looked at and to be tested for accessibility.
import { type ServerType, serve } from '@hono/node-server'
import { Hono } from 'hono'
import { loadAssets } from '../../src/web/assets.ts'
import type { Theme } from '../../views/document.ts'
import type { Html } from '../../views/html.ts'
import type { Frame } from '../../views/layout.ts'
import type { Locale } from '../../views/locales/index.ts'
import { dashboardSample } from './sample-dashboard.ts'
import { errorSample, formSample, loginSample } from './sample-forms.ts'
import { sampleFrame } from './sample-frame.ts'
import { emptySample, saleSample, tableSample } from './sample-list.ts'
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
  const assets = loadAssets()
  const app = new Hono().route('/', assets.routes)
  app.get('/:name', (c) => {
    const sample = samples[c.req.param('name')]
    if (!sample) return c.notFound()
    const locale = c.req.query('locale') === 'en' ? 'en' : 'pt-MZ'
    const theme = c.req.query('theme') === 'dark' ? 'dark' : 'light'
    c.header('content-security-policy', policy)
    return c.html(sample(sampleFrame(assets.url, locale, theme)))
  })
  const { server, port } = await new Promise<{ server: ServerType; port: number }>((listening) => {
    const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) =>
      listening({ server, port }),
    )
  })
  return {
    address: (name, locale, theme) => `http://127.0.0.1:${port}/${name}?locale=${locale}&theme=${theme}`,
    close: () => new Promise((closed) => server.close(() => closed())),
  }
}
