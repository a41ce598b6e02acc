// The audit of one system: its tree and its seals, for whoever asks (web, command line, backups, the sealer itself).
import type { EventStore } from '../kernel/event-store.ts'
import { masterKeyOf } from '../opening.ts'
import type { System } from '../system.ts'
import { type LogTree, openLogTree } from './log-tree.ts'
import { openSealing, type Sealing } from './sealing.ts'
import { openSigningKeys } from './signing-keys.ts'
import { openTiles } from './tiles.ts'

export interface Audit extends Sealing {
  readonly rawLog: EventStore
  readonly tree: LogTree
  readonly now: () => Date
}

/** The audit of a system. It costs nothing to open, and holds nothing open. */
export function openAudit(system: Pick<System, 'rawLog' | 'keyValue' | 'commands' | 'now' | 'config' | 'self'>): Audit {
  const { rawLog, keyValue, commands, now, config } = system
  const tiles = openTiles(keyValue)
  const tree = openLogTree(rawLog, tiles)
  const keys = openSigningKeys(keyValue, masterKeyOf(config))
  const sealing = openSealing({ rawLog, commands, tree, tiles, keys, now, context: system.self('seals') })
  return { ...sealing, rawLog, tree, now }
}
