// The nodes of the system, as each of them says every minute of itself.
import { z } from 'zod'
import type { KeyValueStore } from '../kernel/key-value.ts'

const space = 'nodes'
const lasting = 10 * 60_000

const entry = z.object({
  node: z.string(),
  version: z.string(),
  /** ISO 8601 UTC, all three. */
  firstSeenAt: z.string(),
  startedAt: z.string(),
  seenAt: z.string(),
  status: z.enum(['pass', 'warn', 'fail']),
  /** What the rules of alerts are held against, by rule. */
  measured: z.record(z.string(), z.array(z.object({ subject: z.string(), value: z.number(), detail: z.string() }))),
})
export type KnownNode = z.infer<typeof entry>

/** Every node that was ever seen, the present ones first. */
export async function knownNodes(keyValue: KeyValueStore): Promise<readonly KnownNode[]> {
  const entries = await keyValue.list(space)
  return entries.map(({ value }) => entry.parse(value)).sort((a, b) => (a.seenAt < b.seenAt ? 1 : -1))
}

/** Whether it has been heard of lately. */
export const isPresent = ({ seenAt }: KnownNode, now: Date): boolean => now.getTime() - Date.parse(seenAt) < lasting

/** Says that this node is there, and how it is. */
export async function tellOfNode(keyValue: KeyValueStore, told: Omit<KnownNode, 'firstSeenAt'>): Promise<void> {
  const known = await keyValue.get(space, told.node)
  const firstSeenAt = known ? entry.parse(known.value).firstSeenAt : told.seenAt
  await keyValue.put(space, told.node, { ...told, firstSeenAt })
}
