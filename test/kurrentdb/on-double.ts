// A store on a double of KurrentDB for one test, and ways to write behind its back.
import { randomUUID } from 'node:crypto'
import type { TestContext } from 'node:test'
import type { EventStore } from '../../src/kernel/event-store.ts'
import { type KurrentEventStoreOptions, openKurrentEventStore } from '../../src/stores/kurrentdb/event-store.ts'
import { ANY } from '../doubles/kurrentdb/log.ts'
import { startKurrentDouble } from '../doubles/kurrentdb/server.ts'

type Options = Omit<KurrentEventStoreOptions, 'url'>

/** Opens a store that is closed after the test. */
export function openAt(t: TestContext, url: string, options: Options = {}): EventStore {
  const store = openKurrentEventStore({ url, deadline: 1_000, patience: 10_000, random: () => 0, ...options })
  t.after(() => store.close())
  return store
}

export async function onDouble(t: TestContext, options: Options = {}) {
  const double = await startKurrentDouble()
  const store = openAt(t, double.url, options)
  t.after(() => double.stop())
  return {
    double,
    store,
    /** Others write to a stream, at once. */
    writeBehind(stream: string, count: number): void {
      const about = { actor: 'system:other', correlationId: 'other', schema: '1', recordedAt: new Date().toISOString() }
      const records = Array.from({ length: count }, () => ({
        id: randomUUID(),
        type: 'StockCounted',
        isJson: true,
        data: Buffer.from('{}'),
        metadata: Buffer.from(JSON.stringify(about)),
      }))
      double.log.append([{ stream, expected: ANY, records }])
    },
  }
}
