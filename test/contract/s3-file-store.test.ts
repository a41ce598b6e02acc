// An S3-compatible bucket as a file store: the contract against a real server, refused credentials, uploads that broke off.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { AwsClient } from 'aws4fetch'
import { type FileStore, openFiles } from '../../src/files/index.ts'
import { parseS3Address } from '../../src/files/s3-address.ts'
import { UnavailableError } from '../../src/kernel/errors.ts'
import { lacksS3, startS3 } from '../servers/s3.ts'
import { fileStoreContract } from './file-store.ts'

const skip = lacksS3
let server: Awaited<ReturnType<typeof startS3>> | undefined
const url = () => server?.url ?? assert.fail('the server has not started')
before(async () => {
  if (!skip) server = await startS3()
})
after(() => server?.stop())

test('a bucket in which nothing was ever begun has nothing to sweep', { skip }, async () =>
  assert.equal(await (await openFiles(url())).sweep('anything'), 0),
)

fileStoreContract('A bucket', () => openFiles(url()), skip)
fileStoreContract('A folder of a bucket', () => openFiles(url().replace('/caminho?', '/caminho/shop/one?')), skip)

test('a secret that is not the right one is refused', { skip }, async () => {
  const files = await openFiles(url().replace('secret', 'sekret'))
  await assert.rejects(files.write('file', []), UnavailableError)
  await assert.rejects(files.stat('file'), UnavailableError)
})

test('a bucket that is not there, or a server that is not, says so', { skip }, async () => {
  const elsewhere = await openFiles(url().replace('/caminho?', '/elsewhere?'))
  await assert.rejects(elsewhere.write('file', []), UnavailableError)
  const nowhere: FileStore = await openFiles('s3://key:secret@127.0.0.1:1/bucket?tls=false')
  await assert.rejects(nowhere.read('file'), UnavailableError)
})

test('an upload that broke off is swept', { skip }, async () => {
  const { url: bucket, accessKeyId, secretAccessKey, region } = parseS3Address(url())
  const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3' })
  // With the hash of an empty body, as S3 wants it of every request.
  const headers = { 'x-amz-content-sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' }
  const started = await client.fetch(`${bucket}/broken/off?uploads=`, { method: 'POST', headers })
  assert.equal(started.status, 200)
  const files = await openFiles(url())
  assert.equal(await files.stat('broken/off'), undefined)
  assert.equal(await files.sweep('broken'), 1)
  assert.equal(await files.sweep('broken'), 0)
})

test('a URL of a bucket that lacks something says what it must be', () => {
  for (const wrong of [
    's3://host/bucket',
    's3://key@host/bucket',
    's3://key:secret@host',
    's3:bucket',
    'https://key:secret@host/bucket',
  ])
    assert.throws(() => parseS3Address(wrong), /must be s3:/)
})
