// Takes pictures of the gallery for people to look at: `node test/gallery/screenshots.ts [folder] [sample…]`.
import { mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startBrowser } from './browser.ts'
import { openGallery, sampleNames } from './gallery.ts'

const views = [
  { name: 'phone', size: { width: 390, height: 844 }, theme: 'light', locale: 'pt-MZ' },
  { name: 'phone-dark', size: { width: 390, height: 844 }, theme: 'dark', locale: 'en' },
  { name: 'desktop', size: { width: 1280, height: 800 }, theme: 'light', locale: 'pt-MZ' },
  { name: 'desktop-dark', size: { width: 1280, height: 800 }, theme: 'dark', locale: 'en' },
] as const

const [folder = join(tmpdir(), 'caminho-gallery'), ...asked] = process.argv.slice(2)
await mkdir(folder, { recursive: true })
const gallery = await openGallery()
const browser = await startBrowser()
for (const view of views) {
  const page = await browser.newPage({ viewport: view.size })
  for (const name of asked.length > 0 ? asked : sampleNames) {
    await page.goto(gallery.address(name, view.locale, view.theme))
    await page.screenshot({ path: join(folder, `${name}-${view.name}.png`), fullPage: name !== 'till' })
  }
  await page.close()
}
await browser.close()
await gallery.close()
console.log(folder)
