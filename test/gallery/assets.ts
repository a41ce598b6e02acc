// Serves the gallery's assets from their sources: styles joined, types stripped.
import { readFile } from 'node:fs/promises'
import { stripTypeScriptTypes } from 'node:module'
import { styleOrder } from '../../views/styles/order.ts'

const root = new URL('../../', import.meta.url)
const text = (path: string) => readFile(new URL(path, root), 'utf8')

export type Asset = { readonly type: string; readonly body: string | Buffer }

/** The asset at a path, or undefined. */
export const assetAt = async (path: string): Promise<Asset | undefined> => {
  if (path === '/assets/app.css') {
    const sheets = await Promise.all(styleOrder.map((name) => text(`views/styles/${name}`)))
    return { type: 'text/css', body: sheets.join('\n') }
  }
  if (path === '/assets/htmx.js')
    return { type: 'text/javascript', body: await text('node_modules/htmx.org/dist/htmx.min.js') }
  if (path === '/assets/favicon.svg') return { type: 'image/svg+xml', body: await text('views/images/favicon.svg') }
  const [, script] = path.match(/^\/assets\/client\/([a-z-]+\.ts)$/) ?? []
  if (script) return { type: 'text/javascript', body: stripTypeScriptTypes(await text(`client/${script}`)) }
  const [, font] = path.match(/^\/assets\/fonts\/([a-z-]+\.woff2)$/) ?? []
  if (font)
    return {
      type: 'font/woff2',
      body: await readFile(new URL(`node_modules/@fontsource-variable/inter/files/${font}`, root)),
    }
  return undefined
}
