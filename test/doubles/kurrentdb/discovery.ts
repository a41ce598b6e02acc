// What a client asks the KurrentDB double before anything else: what it can do, and who is in the cluster.
import type { Server, sendUnaryData } from '@grpc/grpc-js'
import gossipService from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/gossip_grpc_pb.js'
import gossip from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/gossip_pb.js'
import featuresService from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/serverfeatures_grpc_pb.js'
import features from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/serverfeatures_pb.js'
import shared from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb.js'
import type { Node } from './server.ts'

/** Service, method and features. */
const methods: readonly (readonly [string, string, readonly string[]])[] = [
  ['event_store.client.streams.streams', 'read', ['position', 'events']],
  ['event_store.client.streams.streams', 'append', []],
  ['event_store.client.streams.streams', 'batchappend', ['deadline_duration']],
  ['kurrentdb.protocol.v2.streams.streamsservice', 'appendsession', []],
]

export function addDiscovery(server: Server, node: Node): void {
  const supported = new features.SupportedMethods().setEventStoreServerVersion('26.1.0')
  for (const [service, method, list] of methods)
    supported.addMethods(
      new features.SupportedMethod()
        .setServiceName(service)
        .setMethodName(method)
        .setFeaturesList([...list]),
    )
  server.addService(featuresService.ServerFeaturesService, {
    getSupportedMethods: (_: unknown, answer: sendUnaryData<unknown>) => answer(null, supported),
  })

  const { LEADER, FOLLOWER } = gossip.MemberInfo.VNodeState
  server.addService(gossipService.GossipService, {
    read: (_: unknown, answer: sendUnaryData<unknown>) => {
      const members = node.members().map((port) =>
        new gossip.MemberInfo()
          .setInstanceId(new shared.UUID().setString(`00000000-0000-4000-8000-${String(port).padStart(12, '0')}`))
          .setTimeStamp(String(Date.now()))
          .setState(port === node.leader() ? LEADER : FOLLOWER)
          .setIsAlive(true)
          .setHttpEndPoint(new gossip.EndPoint().setAddress('127.0.0.1').setPort(port)),
      )
      answer(null, new gossip.ClusterInfo().setMembersList(members))
    },
  })
}
