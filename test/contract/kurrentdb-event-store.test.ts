// The event store on KurrentDB against the contract of its port: on the server at EVENT_STORE_URL, otherwise on a double in this process.
import { randomUUID } from 'node:crypto'
import { after } from 'node:test'
import { eventStoreContract } from './event-store.ts'
import { kurrentServer, onServer } from './kurrentdb.ts'

const server = await kurrentServer()
after(server.stop)

eventStoreContract(server.name, onServer(server.url))
eventStoreContract(`${server.name}, shared with others,`, onServer(server.url, `shop-${randomUUID()}-`))
