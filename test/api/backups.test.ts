// Backups by the API: for super-admins only, as the names and shapes promise.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { isSwapOrdered } from '../../src/backup/index.ts'
import { lacksS3, startS3 } from '../servers/s3.ts'
import { type RunningShop, startShop } from '../support/app.ts'
import { settingsIn } from '../support/stores.ts'
import { until } from '../support/until.ts'

const as = 'super-admin'

/** Whether a restored store is swapped in by the running server. */
const isEmbedded = () => !process.env.EVENT_STORE_URL && !process.env.READ_MODELS_URL

/** Makes a backup and waits until it is there. */
async function made(shop: RunningShop) {
  const begun = await shop.call('POST', '/api/system/backup', { as, body: {} })
  assert.equal(begun.status, 202)
  const listed = async () => {
    const { body } = await shop.fresh('/api/system/backups')
    return body.items.find(({ id }: { id: string }) => id === begun.body.id)
  }
  await until(async () => (await listed())?.status === 'verified', {
    what: 'the backup to be verified',
    within: 60_000,
  })
  return listed()
}

/** Has it read whole again, and waits until the list says that it is sound. */
async function verify(shop: RunningShop, { id, verifiedAt }: { readonly id: string; readonly verifiedAt: string }) {
  const begun = await shop.call('POST', `/api/system/backups/${id}/verify`, { as })
  assert.deepEqual([begun.status, begun.body.id], [202, id])
  await until(
    async () => {
      const { body } = await shop.fresh('/api/system/backups')
      const backup = body.items.find((item: { id: string }) => item.id === id)
      assert.equal(backup?.status, 'verified')
      return backup.verifiedAt > verifiedAt
    },
    { what: 'the backup to be verified again' },
  )
}

describe('backups by the API', () => {
  let shop: RunningShop
  before(async () => {
    shop = await startShop()
  })
  after(() => shop.close())

  it('are no business of any other role', async () => {
    for (const role of ['admin', 'manager', 'employee'] as const)
      for (const [method, path, body] of [
        ['POST', '/api/system/backup', {}],
        ['GET', '/api/system/backups', undefined],
        ['POST', '/api/system/backup/restore', { id: 'x', confirm: 'restore' }],
        ['POST', '/api/system/backups/x/verify', undefined],
        ['GET', '/api/system/backups/x/download', undefined],
        ['DELETE', '/api/system/backups/x', undefined],
      ] as const)
        assert.equal((await shop.call(method, path, { as: role, body })).status, 403, `${role}: ${method} ${path}`)
  })

  it('are made, listed, verified, downloaded and removed', async () => {
    const backup = await made(shop)
    assert.deepEqual([backup.kind, backup.fromPosition, backup.failure], ['full', '-1', null])
    let events = 0
    for await (const page of shop.system.rawLog.readAll())
      events += page.filter(({ position }) => position <= BigInt(backup.toPosition)).length
    assert.equal(backup.events, events)
    assert.ok(backup.bytes > 0 && backup.verifiedAt >= backup.createdAt)

    await verify(shop, backup)
    const headers = { authorization: `Bearer ${shop.tokenOf(as)}` }
    const download = await fetch(`${shop.url}/api/system/backups/${backup.id}/download`, { headers })
    assert.equal((await download.arrayBuffer()).byteLength, backup.bytes)
    assert.match(download.headers.get('content-disposition') ?? '', new RegExp(`${backup.id}\\.tar\\.zst\\.age`))

    assert.equal((await shop.call('DELETE', `/api/system/backups/${backup.id}`, { as })).status, 200)
    const { body } = await shop.fresh('/api/system/backups')
    assert.deepEqual(body.items, [])
    assert.equal((await shop.call('DELETE', `/api/system/backups/${backup.id}`, { as })).body.code, 'unknown-backup')
  })

  it('are made once, however often the same request comes', async () => {
    const ask = () =>
      shop.call('POST', '/api/system/backup', { as, body: {}, headers: { 'idempotency-key': 'the same' } })
    const [first, again] = [await ask(), await ask()]
    assert.deepEqual([first.status, again.status, again.body.id], [202, 202, first.body.id])
    await until(async () => (await shop.fresh('/api/system/backups')).body.items[0]?.status === 'verified')
  })

  it('tell what a restore would do before it is confirmed', async () => {
    const { id, createdAt } = (await shop.fresh('/api/system/backups')).body.items[0]
    const asked = await shop.call('POST', '/api/system/backup/restore', { as, body: { id } })
    assert.deepEqual([asked.status, asked.body.code, asked.body.createdAt], [422, 'confirmation-needed', createdAt])
    assert.ok(asked.body.confirmations.includes(id))
    assert.deepEqual([asked.body.way, asked.body.obstacle], [isEmbedded() ? 'swap' : 'beside', null])
    const unknown = await shop.call('POST', '/api/system/backup/restore', { as, body: { id: 'x', confirm: 'x' } })
    assert.deepEqual([unknown.status, unknown.body.code], [404, 'missing-archive'])
  })

  it('are restored once it is confirmed: to be swapped in, or beside the present stores with what is then to be set', async () => {
    const { id } = (await shop.fresh('/api/system/backups')).body.items[0]
    const begun = await shop.call('POST', '/api/system/backup/restore', { as, body: { id, confirm: 'restore' } })
    assert.equal(begun.status, 202)
    const listed = async () => (await shop.fresh('/api/system/restores')).body.items[0]
    assert.deepEqual([(await listed()).id, (await listed()).backupId], [begun.body.id, id])
    const { dataDir } = shop.system.config
    if (isEmbedded()) return until(() => isSwapOrdered(dataDir), { what: 'the swap to be ordered' })
    await until(async () => (await listed()).status !== 'running', { what: 'the restore to end', within: 60_000 })
    const { status, settings, failure } = await listed()
    assert.deepEqual([status, failure], ['prepared', null])
    const names = settings.map(({ name }: { name: string }) => name)
    const { EVENT_STORE_PREFIX, READ_MODELS_URL } = settingsIn(dataDir)
    assert.equal(names.includes('EVENT_STORE_PREFIX'), EVENT_STORE_PREFIX !== undefined)
    assert.equal(names.includes('READ_MODELS_URL'), READ_MODELS_URL !== undefined)
  })
})

describe('backups in a bucket', { skip: lacksS3 }, () => {
  it('are made and verified there, and photos with them', async () => {
    const server = await startS3()
    const shop = await startShop({ env: { FILES_URL: server.url } })
    try {
      await verify(shop, await made(shop))
    } finally {
      await shop.close()
      await server.stop()
    }
  })
})
