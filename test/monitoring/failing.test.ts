// Each check is made to fail for real, and what follows is followed to its end: the light, the alert, the push and the mail, and the recovery.
// No mail is awaited where others may fail first, as all do that wait behind a blocked event loop: alerts that follow are told with the first.
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PerformanceObserver } from 'node:perf_hooks'
import { type TestContext, test } from 'node:test'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { inDatabase } from '../../src/stores/mongodb/address.ts'
import { holdsIn } from '../../src/subscribers/holds.ts'
import { startKurrentDouble } from '../doubles/kurrentdb/server.ts'
import { startFerretdb, whyNoFerretdb } from '../servers/ferretdb.ts'
import { lacksS3, startS3 } from '../servers/s3.ts'
import { masterKey } from '../support/stores.ts'
import { startWatchedShop, type Watching } from './watched-shop.ts'

const minute = 60_000

const watchedShop = async (t: TestContext, watching: Watching = {}) => {
  const watched = await startWatchedShop(watching)
  t.after(() => watched.close())
  return watched
}

test('the disk reaches its quota, until there is room again', async (t) => {
  const watched = await watchedShop(t, { env: { DISK_QUOTA: '64' } })
  const large = join(watched.system.config.dataDir, 'large')
  writeFileSync(large, Buffer.alloc(63 * 2 ** 20))
  await watched.troubled('disk', 'fail')
  rmSync(large)
  await watched.recovered('disk')
})

test('the mail server is gone: people are mailed as soon as it is back', async (t) => {
  const watched = await watchedShop(t)
  await watched.mailServerGoes()
  await watched.told('smtp', 'fail')
  await watched.mailServerComes()
  watched.pass(11 * minute)
  await watched.recovered('smtp')
})

test('the server of pictures fails', async (t) => {
  let status = 404
  const server = createServer((_, response) => response.writeHead(status).end()).listen(0, '127.0.0.1')
  t.after(() => server.close())
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const watched = await watchedShop(t, {
    env: { CLOUDINARY_URL: `cloudinary://key:secret@shop?api=${url}&delivery=${url}` },
  })
  status = 500
  await watched.troubled('cloudinary', 'fail')
  status = 404
  await watched.recovered('cloudinary')
})

test('something blocks the event loop', async (t) => {
  const watched = await watchedShop(t)
  const blocking = setInterval(() => {
    const end = performance.now() + 1_200
    while (performance.now() < end);
  }, 2_000)
  await watched.told('event-loop', 'fail')
  clearInterval(blocking)
  watched.pass(2 * minute)
  await watched.calm('event-loop')
})

test('a projection stands still', async (t) => {
  const watched = await watchedShop(t, { from: 1 })
  const holds = holdsIn(watched.system.keyValue)
  await holds.add('sales-by-day')
  await watched.told('projections', 'warn')
  await holds.remove('sales-by-day')
  await watched.calm('projections')
})

test('memory leaks', async (t) => {
  const watched = await watchedShop(t, { from: 1 })
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const collected = async () => {
    const seen = Promise.withResolvers<void>()
    const observer = new PerformanceObserver(() => seen.resolve())
    observer.observe({ entryTypes: ['gc'] })
    collect()
    await seen.promise
    observer.disconnect()
    watched.pass(4 * minute)
  }
  const leak: number[][] = []
  for (let round = 0; round < 10; round += 1) {
    leak.push(Array.from({ length: 4_000_000 }, (_, at) => at + 0.5))
    await collected()
  }
  await watched.told('memory', 'warn')
  leak.length = 0
  for (let round = 0; round < 8; round += 1) await collected()
  await watched.calm('memory')
})

test('the event store stops: what could not be recorded then is told when it is back', async (t) => {
  const kurrent = await startKurrentDouble()
  t.after(() => kurrent.stop())
  const watched = await watchedShop(t, { env: { EVENT_STORE_URL: kurrent.url, MASTER_KEY: masterKey } })
  await kurrent.stop()
  await watched.shines('event-store', 'fail')
  await kurrent.start()
  await watched.recovered('event-store')
})

test('the read models are gone', { skip: whyNoFerretdb() ?? false }, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'ferretdb-'))
  t.after(() => rmSync(folder, { recursive: true }))
  let ferretdb = await startFerretdb({ folder })
  t.after(() => ferretdb.stop())
  const watched = await watchedShop(t, {
    env: { READ_MODELS_URL: inDatabase(ferretdb.url, 'shop'), MASTER_KEY: masterKey },
  })
  await ferretdb.kill()
  await watched.shines('read-models', 'fail')
  ferretdb = await startFerretdb({ folder, port: ferretdb.port })
  await watched.recovered('read-models')
})

test('the bucket is gone', { skip: lacksS3 }, async (t) => {
  const bucket = await startS3()
  const watched = await watchedShop(t, { env: { FILES_URL: bucket.url } })
  await bucket.stop()
  await watched.troubled('file-store', 'fail')
})
