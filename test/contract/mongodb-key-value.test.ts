// The key-value store in MongoDB against the contract of its port, also on a server whose updates are not atomic.
import { describe } from 'node:test'
import { keyValueContract } from './key-value.ts'
import { inMongo, newMongo, noMongo } from './mongodb.ts'

const servers = { MongoDB: {}, 'FerretDB as it is': { asItIs: true } }

for (const [name, options] of Object.entries(servers)) {
  const url = await newMongo(options)
  describe('entries', { skip: noMongo }, () =>
    keyValueContract(
      name,
      inMongo(url, ({ keyValue }) => keyValue),
    ),
  )
}
