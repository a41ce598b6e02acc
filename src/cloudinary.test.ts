// Photos with a copy at Cloudinary, against a server that checks the signature as Cloudinary does.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import sharp from 'sharp'
import { openCloudinary, parseCloudinaryAddress, signatureOf } from './cloudinary.ts'
import { openDirectory } from './files/index.ts'
import { UnavailableError } from './kernel/errors.ts'
import { openPhotos } from './photos.ts'

const [key, secret] = ['123456', 'a/secret+of theirs']
const kept = new Map<string, Buffer>()

/** Keeps what is signed rightly and not long ago, and delivers it. */
const server = createServer(async (request, response) => {
  const answer = (status: number, body: Buffer | string = '') => response.writeHead(status).end(body)
  if (request.method === 'GET') {
    const picture = kept.get(request.url ?? '')
    return picture ? answer(200, picture) : answer(404)
  }
  if (request.url !== '/v1_1/shop/image/upload') return answer(404)
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part)
  const headers = { 'content-type': request.headers['content-type'] ?? '' }
  const form = await new Response(Buffer.concat(parts), { headers }).formData()
  const { api_key, signature, signature_algorithm, file, ...signed } = Object.fromEntries(form) as Record<
    string,
    string
  > & { file: unknown }
  const isRecent = Math.abs(Date.now() / 1_000 - Number(signed.timestamp)) < 3_600
  const isRight = api_key === key && signature === signatureOf(signed, secret) && signature_algorithm === 'sha256'
  if (!isRecent || !isRight || !(file instanceof File)) return answer(401)
  kept.set(`/shop/image/upload/${signed.public_id}.webp`, Buffer.from(await file.arrayBuffer()))
  return answer(200, '{}')
})

const folder = mkdtempSync(join(tmpdir(), 'cloudinary-'))
let url = ''
before(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
after(() => {
  server.close()
  rmSync(folder, { recursive: true })
})

const addressWith = (itsSecret: string) =>
  parseCloudinaryAddress(`cloudinary://${key}:${encodeURIComponent(itsSecret)}@shop?api=${url}&delivery=${url}`)
const cloudinary = (itsSecret = secret) => openCloudinary(addressWith(itsSecret), () => new Date())
const picture = () =>
  sharp({ create: { width: 300, height: 200, channels: 3, background: '#0a7' } })
    .png()
    .toBuffer()

test('the signature is over the text that Cloudinary documents: parameters in order of name, then the secret', () =>
  // printf 'public_id=sample_image&timestamp=1315060510abcd' | sha256sum
  assert.equal(
    signatureOf({ timestamp: '1315060510', public_id: 'sample_image' }, 'abcd'),
    'e3c44b54e67a3ecc918f5d7236ca5faa36250ea8a8cd6cbabfd2d6bb2453acac',
  ))

test('a photo is kept there too, and found there by a node that lacks it, which then has it', async () => {
  const here = openPhotos(openDirectory(join(folder, 'here')), cloudinary())
  await here.keep('rice', await picture())
  const elsewhere = openPhotos(openDirectory(join(folder, 'elsewhere')), cloudinary())
  for (const size of ['large', 'small'] as const)
    assert.deepEqual(await elsewhere.read('rice', size), await here.read('rice', size))
  const alone = openPhotos(openDirectory(join(folder, 'elsewhere')))
  assert.deepEqual(await alone.read('rice', 'small'), await here.read('rice', 'small'))
  assert.equal(await elsewhere.read('oil', 'small'), undefined)
})

test('a secret that is not the right one, or a server that is not there, is told', async () => {
  await assert.rejects(cloudinary('another').keep('x', new Uint8Array(9)), UnavailableError)
  const nowhere = parseCloudinaryAddress('cloudinary://k:s@shop?api=http://127.0.0.1:1&delivery=http://127.0.0.1:1')
  await assert.rejects(openCloudinary(nowhere, () => new Date()).read('x'), UnavailableError)
})

test('a URL that lacks something says what it must be', () => {
  for (const wrong of ['cloudinary://shop', 'cloudinary://key@shop', 'https://key:secret@shop', 'shop'])
    assert.throws(() => parseCloudinaryAddress(wrong), /must be cloudinary:/)
})
