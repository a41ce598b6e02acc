// Photos on a real disk: what is kept, what is refused.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import sharp from 'sharp'
import { openDirectory } from './files/index.ts'
import { openPhotos, PhotoError } from './photos.ts'

const directory = mkdtempSync(join(tmpdir(), 'photos-'))
const photos = openPhotos(openDirectory(directory))
after(() => rmSync(directory, { recursive: true, force: true }))

const picture = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#0a7' } })
    .withMetadata({ exif: { IFD0: { Copyright: 'somebody' } } })
    .jpeg()
    .toBuffer()

test('a photo is kept in two sizes, as WebP, without what it tells of where it was taken', async () => {
  await photos.keep('rice', await picture(3000, 2000))
  const large = await sharp(await photos.read('rice', 'large')).metadata()
  const small = await sharp(await photos.read('rice', 'small')).metadata()
  assert.deepEqual([large.format, large.width, large.height, large.exif], ['webp', 1024, 683, undefined])
  assert.deepEqual([small.width, small.height], [144, 144])
})

test('what is no photo is refused, and nothing is kept of it', async () => {
  await assert.rejects(photos.keep('text', Buffer.from('no photo')), PhotoError)
  const drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
  await assert.rejects(photos.keep('text', Buffer.from(drawing)), PhotoError)
  assert.equal(await photos.read('text', 'large'), undefined)
})

test('a name that leads out of the directory names no photo', async () => {
  assert.equal(await photos.read('../keys', 'large'), undefined)
  await assert.rejects(photos.keep('../keys', await picture(2, 2)), PhotoError)
})
