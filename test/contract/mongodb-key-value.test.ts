// The key-value store in MongoDB against the contract of its port, also on a server whose updates are not atomic; and what claims leave behind.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { connectTo } from '../../src/stores/mongodb/client.ts'
import { openMongoKeyValue } from '../../src/stores/mongodb/key-value.ts'
import { keyValueContract } from './key-value.ts'
import { inMongo, newMongo, noMongo } from './mongodb.ts'

const mongo = await newMongo()
const servers = { MongoDB: mongo, 'FerretDB as it is': await newMongo({ asItIs: true }) }

for (const [name, url] of Object.entries(servers))
  describe('entries', { skip: noMongo }, () =>
    keyValueContract(
      name,
      inMongo(url, ({ keyValue }) => keyValue),
    ),
  )

test('the claim of a process that died holds others up for five seconds, and is then gone', {
  skip: noMongo,
}, async () => {
  const connections = connectTo(mongo)
  let now = Date.now()
  const store = openMongoKeyValue(connections, () => now)
  await store.put('space', 'a', 'first')
  const claims = connections.db.collection<{ _id: string; at: Date }>('claims')
  await claims.insertOne({ _id: 'space\u0000a\u00002', at: new Date(now) })

  assert.equal(await store.put('space', 'a', 'second', { expected: 1 }), undefined)
  now += 5_001
  assert.equal(await store.put('space', 'a', 'second', { expected: 1 }), 2)
  assert.equal((await store.get('space', 'a'))?.value, 'second')
  assert.equal(await claims.countDocuments(), 0)
  await connections.close()
})
