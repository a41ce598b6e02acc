// The event store on KurrentDB against the contract of its port: on the server at EVENT_STORE_URL, otherwise on a double in this process.
import { after } from 'node:test'
import { eventStoreContract } from './event-store.ts'
import { kurrentServer, onServer } from './kurrentdb.ts'

const server = await kurrentServer()
after(server.stop)

eventStoreContract(server.name, onServer(server.url))
