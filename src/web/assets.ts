// Static assets, made once at the start: style sheets joined, browser scripts stripped of their types, names that change with the content.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire, stripTypeScriptTypes } from 'node:module'
import { extname, join, relative } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import { Hono } from 'hono'
import { styleOrder } from '../../views/styles/order.ts'

interface Asset {
  readonly body: Buffer
  /** Compressed when it is first asked for, since that takes a while; undefined where it is not worth it. */
  readonly compressed: () => Buffer | undefined
  readonly type: string
}

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.ts': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
}

const root = join(import.meta.dirname, '../..')
const require = createRequire(import.meta.url)

const filesIn = (dir: string, ending: string): string[] =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending) && !entry.name.endsWith(`.test${ending}`))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()

const styleSheet = (): string =>
  styleOrder.map((file) => readFileSync(join(root, 'views/styles', file), 'utf8')).join('\n')

const asset = (name: string, body: Buffer): Asset => {
  const type = types[extname(name)] ?? 'application/octet-stream'
  const worthIt = /text|svg|json/.test(type)
  const params = { [constants.BROTLI_PARAM_QUALITY]: 9 }
  let compressed: Buffer | undefined
  return {
    body,
    type,
    compressed: () => {
      if (worthIt) compressed ??= brotliCompressSync(body, { params })
      return compressed
    },
  }
}

/** Browser modules keep their `.ts` names, by which they import each other. */
const browserScript = (file: string): string => stripTypeScriptTypes(readFileSync(file, 'utf8'))

export interface Assets {
  /** The address of an asset by its plain name, such as `app.css` or `client/app.ts`. @throws for a name that does not exist */
  url(name: string): string
  /** Serves them; they never change under the same address. */
  readonly routes: Hono
}

/** Reads and prepares all assets. Everything is under one name that changes when any content does, so that relative imports hold. */
export function loadAssets(): Assets {
  const assets = new Map<string, Asset>()
  const add = (name: string, body: string | Buffer) => assets.set(name, asset(name, Buffer.from(body)))

  add('app.css', styleSheet())
  add('htmx.js', readFileSync(join(require.resolve('htmx.org/package.json'), '../dist/htmx.min.js')))
  for (const file of filesIn(join(root, 'client'), '.ts'))
    add(`client/${relative(join(root, 'client'), file)}`, browserScript(file))
  for (const file of filesIn(join(root, 'views/images'), '.svg'))
    add(relative(join(root, 'views/images'), file), readFileSync(file))
  const fonts = join(require.resolve('@fontsource-variable/inter/package.json'), '../files')
  const font = asset('inter.woff2', readFileSync(join(fonts, 'inter-latin-wght-normal.woff2')))

  const hash = createHash('sha256')
  for (const [name, { body }] of assets) hash.update(name).update(body)
  const base = `/assets/${hash.digest('hex').slice(0, 12)}`

  const routes = new Hono()
  // The style sheet names the font by an address that does not change: neither does the font.
  routes.get('/assets/fonts/inter-latin-wght-normal.woff2', (c) => {
    c.header('content-type', font.type)
    c.header('cache-control', 'public, max-age=31536000, immutable')
    return c.body(new Uint8Array(font.body))
  })
  routes.get('/assets/:hash/:name{.+}', (c) => {
    const found = assets.get(c.req.param('name'))
    if (!found) return c.notFound()
    c.header('content-type', found.type)
    c.header('cache-control', 'public, max-age=31536000, immutable')
    c.header('vary', 'accept-encoding')
    const compressed = c.req.header('accept-encoding')?.includes('br') ? found.compressed() : undefined
    if (compressed) c.header('content-encoding', 'br')
    return c.body(new Uint8Array(compressed ?? found.body))
  })

  return {
    url(name) {
      if (!assets.has(name)) throw new Error(`there is no asset ${name}`)
      return `${base}/${name}`
    },
    routes,
  }
}
