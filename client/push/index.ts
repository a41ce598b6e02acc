// The client library: what happens at Caminho Seguro, in a browser or in Node, without dependencies.
export { type Connection, type ConnectionState, type ConnectOptions, connect } from './connection.ts'
export { overEventStream } from './event-stream.ts'
export { type Pace, usualPace } from './pace.ts'
export * from './protocol.ts'
export { type Snapshot, type Synced, type SyncedOptions, synced } from './synced.ts'
export type { Heard, Open, Request, Transport } from './transport.ts'
export { overWebSocket, overWebSocketTokenFirst } from './websocket.ts'
