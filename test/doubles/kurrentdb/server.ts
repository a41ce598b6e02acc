// A double of KurrentDB for tests: a small gRPC server, in this process and in memory, that speaks the protocol of the client's own generated
// code, agrees with what the real server was seen to do (see docs/adr/0016-kurrentdb.md), and has faults on command. It is no database: it keeps nothing.
import { Server, ServerCredentials, type sendUnaryData } from '@grpc/grpc-js'
import streamsService from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_grpc_pb.js'
import sessionsService from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v2/streams/streams_grpc_pb.js'
import type { AppendSessionResponse } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v2/streams/streams_pb.js'
import { appendSession, type Batches, batchAppend, type Session } from './appending.ts'
import { addDiscovery } from './discovery.ts'
import { Faults } from './faults.ts'
import { Listener } from './listener.ts'
import { DoubleLog } from './log.ts'
import { ReadCount } from './read-count.ts'
import type { ReadCall } from './read-options.ts'
import { read } from './reading.ts'

/** What the services of one node share. */
export interface Node {
  readonly log: DoubleLog
  readonly faults: Faults
  readonly reads: ReadCount
  readonly port: () => number
  /** The port of the leader, which may be this node's. */
  readonly leader: () => number
  /** The ports of all nodes. */
  readonly members: () => readonly number[]
  /** Cuts all connections. */
  readonly cut: () => void
}

export interface KurrentDouble extends Node {
  /** The connection string of this node alone. */
  readonly url: string
  /** Resolves once no more than so many connections are open. */
  connectionsAtMost(count: number): Promise<void>
  /** Kills the server: its connections break, and its port refuses new ones. */
  stop(): Promise<void>
  /** Starts it again at the same port, with the log as it was. */
  start(): Promise<void>
}

export interface DoubleOptions {
  /** Shared by the nodes of a cluster. */
  readonly log?: DoubleLog
  readonly members?: () => readonly number[]
  readonly leader?: () => number
}

/** Starts a node. */
export async function startKurrentDouble({
  log = new DoubleLog(),
  members,
  leader,
}: DoubleOptions = {}): Promise<KurrentDouble> {
  const listener = new Listener()
  const node: Node = {
    log,
    faults: new Faults(),
    reads: new ReadCount(),
    port: () => listener.port,
    leader: leader ?? (() => listener.port),
    members: members ?? (() => [listener.port]),
    cut: () => listener.cut(),
  }
  let server: Server | undefined

  const start = async () => {
    const started = new Server({
      'grpc.max_concurrent_streams': 100,
      'grpc.max_receive_message_length': -1,
      'grpc.max_send_message_length': -1,
    })
    addDiscovery(started, node)
    started.addService(streamsService.StreamsService, {
      read: (call: ReadCall) => read(call, node),
      batchAppend: (call: Batches) => batchAppend(call, node),
    })
    started.addService(sessionsService.StreamsServiceService, {
      appendSession: (call: Session, answer: sendUnaryData<AppendSessionResponse>) => appendSession(call, answer, node),
    })
    const connections = started.createConnectionInjector(ServerCredentials.createInsecure())
    server = started
    await listener.open((socket) => connections.injectConnection(socket))
  }

  await start()
  return {
    ...node,
    url: `kurrentdb://127.0.0.1:${listener.port}?tls=false`,
    connectionsAtMost: (count) => listener.connectionsAtMost(count),
    start,
    async stop() {
      await listener.close()
      server?.forceShutdown()
      log.forgetRecent()
    },
  }
}

/** Starts nodes over one log, the first of which leads until another is told to. */
export async function startKurrentCluster(size: number) {
  const log = new DoubleLog()
  const nodes: KurrentDouble[] = []
  let leading = 0
  const members = () => nodes.map((node) => node.port())
  const leader = () => nodes[leading]?.port() ?? 0
  for (let i = 0; i < size; i += 1) nodes.push(await startKurrentDouble({ log, members, leader }))
  return {
    nodes,
    url: `kurrentdb://${members()
      .map((port) => `127.0.0.1:${port}`)
      .join(',')}?tls=false`,
    /** Makes another node the leader; the connections stay. */
    lead: (index: number) => {
      leading = index
    },
    stop: () => Promise.all(nodes.map((node) => node.stop())),
  }
}
