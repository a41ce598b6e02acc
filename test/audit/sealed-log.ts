// A small log with seals, for tests: a few streams, two sealing keys, on a real SQLite file of its own.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 as newId } from 'uuid'
import { openLogTree } from '../../src/audit/log-tree.ts'
import { openSealing } from '../../src/audit/sealing.ts'
import { openSigningKeys } from '../../src/audit/signing-keys.ts'
import { openTiles } from '../../src/audit/tiles.ts'
import { commandHandling } from '../../src/commands/handling.ts'
import { catalogues, type DomainEvents, type Recorded } from '../../src/domain/events.ts'
import { coded } from '../../src/kernel/codec.ts'
import type { NewEvent } from '../../src/kernel/event.ts'
import { collect } from '../../src/kernel/event-store.ts'
import { openVault } from '../../src/kernel/vault.ts'
import { openSqliteEventStore } from '../../src/stores/sqlite/event-store.ts'
import { openSqliteKeyValue } from '../../src/stores/sqlite/key-value.ts'

const at = '2026-03-02T08:00:00.000Z'
const masterKey = Buffer.alloc(32, 7)

/** Opens an empty log, and what seals it. */
export function openSealedLog() {
  const folder = mkdtempSync(join(tmpdir(), 'sealed-'))
  const path = join(folder, 'events.sqlite')
  const keyValue = openSqliteKeyValue({ path: join(folder, 'keys.sqlite') })
  const rawLog = openSqliteEventStore({ path })
  const vault = openVault(keyValue, masterKey)
  const store = coded(rawLog, catalogues, vault)
  const commands = commandHandling({ store, newId })
  const tiles = openTiles(keyValue)
  const tree = openLogTree(rawLog, tiles)
  const keys = openSigningKeys(keyValue, masterKey)
  const context = { actor: 'system:seals', correlationId: 'seals' }
  const sealing = openSealing({ rawLog, commands, tree, tiles, keys, now: () => new Date(), context })

  const event = (type: string, data: object): NewEvent => ({ id: newId(), type, schema: 1, data })
  let written = 0
  return {
    folder,
    path,
    keyValue,
    rawLog,
    store,
    vault,
    commands,
    tiles,
    tree,
    keys,
    ...sealing,
    /** Appends so many events of a type of its own, one an append, to seven streams in turn. */
    async write(count: number): Promise<void> {
      await Promise.all(
        Array.from({ length: count }, () => {
          written += 1
          const noted = event('Noted', { detail: `${written}`, at })
          const write = { stream: `note-${written % 7}`, expected: 'any', events: [noted] } as const
          return rawLog.append([write], { actor: 'system:test', correlationId: `c${written}` })
        }),
      )
    },
    /** Adds a person, whose name is personal data. */
    async addPerson(personId: string, name: string): Promise<void> {
      const data = { personId, name, email: null, phone: null, role: 'employee', departments: [], locationId: null, at }
      await store.append([{ stream: `person-${personId}`, expected: 'none', events: [event('PersonAdded', data)] }], {
        actor: 'system:test',
        correlationId: 'person',
      })
    },
    /** The recorded facts of one type, in order. */
    async facts<Type extends keyof DomainEvents & string>(type: Type): Promise<Recorded<Type>[]> {
      // The filter leaves only events of this type.
      return (await collect(store.readAll({ filter: { types: [type] } }))) as Recorded<Type>[]
    },
    async close(): Promise<void> {
      await rawLog.close()
      await keyValue.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
export type SealedLog = ReturnType<typeof openSealedLog>
