// A small world for the tests of subscribers: three kinds of facts, three projections of them, and real embedded stores in a temporary folder.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { v7 } from 'uuid'
import type { DomainEvent } from '../../src/kernel/event.ts'
import { collect, type EventStore, START } from '../../src/kernel/event-store.ts'
import { defineProjection, type Projection } from '../../src/kernel/projection.ts'
import type { ReadModels } from '../../src/kernel/read-models.ts'
import { openSqliteEventStore } from '../../src/stores/sqlite/event-store.ts'
import { openSqliteKeyValue } from '../../src/stores/sqlite/key-value.ts'
import { openSqliteReadModels } from '../../src/stores/sqlite/read-models.ts'
import type { Clock } from '../../src/subscribers/clock.ts'
import { foldInto } from '../../src/subscribers/fold.ts'

export interface Facts {
  Bought: { readonly basket: string; readonly amount: number }
  Inspected: { readonly baskets: readonly string[] }
  Discarded: { readonly basket: string }
}

export const bought = (basket: string, amount: number): DomainEvent => ({ type: 'Bought', data: { basket, amount } })
export const inspected = (...baskets: string[]): DomainEvent => ({ type: 'Inspected', data: { baskets } })
export const discarded = (basket: string): DomainEvent => ({ type: 'Discarded', data: { basket } })
export const rained: DomainEvent = { type: 'Rained', data: {} }

interface Basket {
  readonly basket: string
  readonly total: number
  readonly history: readonly string[]
}

/** Remembers the order in which everything happened, so that a repeated or missed event shows. */
export const baskets = defineProjection<Basket, Facts>('baskets', {
  version: 1,
  indexes: ['total'],
  on: {
    Bought: {
      key: ({ data }) => data.basket,
      initial: ({ data }) => ({ basket: data.basket, total: 0, history: [] }),
      apply: ({ basket, total, history }, { data, position }) => ({
        basket,
        total: total + data.amount,
        history: [...history, `bought at ${position}`],
      }),
    },
    Inspected: {
      key: ({ data }) => data.baskets,
      apply: (basket, { position }) => ({ ...basket, history: [...basket.history, `inspected at ${position}`] }),
    },
    Discarded: { key: ({ data }) => data.basket, apply: () => null },
  },
})

interface Turnover {
  readonly sum: number
  readonly purchases: number
}

export const turnover = defineProjection<Turnover, Facts>('turnover', {
  version: 1,
  indexes: [],
  on: {
    Bought: {
      key: () => 'all',
      initial: () => ({ sum: 0, purchases: 0 }),
      apply: ({ sum, purchases }, { data }) => ({ sum: sum + data.amount, purchases: purchases + 1 }),
    },
  },
})

/** Cannot fold a purchase of 13, while it is superstitious. */
export const superstition = { believed: true }
export const luck = defineProjection<{ readonly purchases: number }, Facts>('luck', {
  version: 1,
  indexes: [],
  on: {
    Bought: {
      key: ({ data }) => [data.basket, 'everybody'],
      initial: () => ({ purchases: 0 }),
      apply: ({ purchases }, { data }, id) => {
        if (superstition.believed && data.amount === 13 && id === 'everybody') throw new Error('thirteen!')
        return { purchases: purchases + 1 }
      },
    },
  },
})

interface Cleanup {
  after(work: () => Promise<void> | void): void
}

/** Stores in a folder that goes when the test ends. `again` opens the read models once more, as another process would. */
export function openWorld(test: Cleanup) {
  const folder = mkdtempSync(join(tmpdir(), 'caminho-'))
  const path = (name: string): string => join(folder, `${name}.sqlite`)
  const opened: { close(): Promise<void> }[] = []
  const keep = <Store extends { close(): Promise<void> }>(store: Store): Store => {
    opened.push(store)
    return store
  }
  const world = {
    store: keep(openSqliteEventStore({ path: path('events') })),
    models: keep(openSqliteReadModels({ path: path('read-models') })),
    keyValue: keep(openSqliteKeyValue({ path: path('keys') })),
    again: (): ReadModels => keep(openSqliteReadModels({ path: path('read-models') })),
    async close() {
      await Promise.all(opened.map((store) => store.close()))
      rmSync(folder, { recursive: true })
    },
  }
  test.after(() => world.close())
  return world
}

/** Appends the events, each an append of its own; the position of the last. */
export async function happen(store: EventStore, ...events: readonly DomainEvent[]): Promise<bigint> {
  const appended = await Promise.all(
    events.map(({ type, data }, index) =>
      store.append([{ stream: `world-${index % 3}`, expected: 'any', events: [{ id: v7(), type, data, schema: 1 }] }], {
        actor: 'system:test',
        correlationId: 'test',
      }),
    ),
  )
  return (
    appended
      .map(({ position }) => position)
      .sort((a, b) => Number(a - b))
      .at(-1) ?? START
  )
}

/** All documents of the live generation as JSON text by id, to be compared byte for byte. */
export async function documentsOf(models: ReadModels, projection: Projection): Promise<Record<string, string>> {
  const found: Record<string, string> = {}
  for (let after: string | undefined; ; ) {
    const page = await models.find(projection, { limit: 1000, ...(after !== undefined && { after }) })
    for (const { id, document } of page.items) found[id] = JSON.stringify(document)
    after = page.next
    if (after === undefined) return found
  }
}

/** What the documents must be: the whole log folded in memory. */
export async function replayed(store: EventStore, projection: Projection): Promise<Record<string, string>> {
  const documents = foldInto(projection, await collect(store.readAll()))
  return Object.fromEntries([...documents].sort().map(([id, document]) => [id, JSON.stringify(document)]))
}

export async function assertReplayed(
  { store, models }: { store: EventStore; models: ReadModels },
  ...projections: readonly Projection[]
): Promise<void> {
  for (const projection of projections)
    assert.deepEqual(await documentsOf(models, projection), await replayed(store, projection), projection.name)
}

/** Real time, but nobody sleeps longer than a few milliseconds. */
export const quickClock: Clock = {
  now: Date.now,
  async sleep(milliseconds, signal) {
    const end = Date.now() + Math.min(milliseconds, 3)
    while (Date.now() < end && !signal?.aborted) await nextTurn()
  },
}

/** Waits for a condition, at most ten seconds. */
export async function until(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 10_000
  while (!(await condition())) {
    if (Date.now() > end) assert.fail(`waited too long until ${what}`)
    await nextTurn()
  }
}

export function notebook() {
  const lines: string[] = []
  const note = (_: object, message: string): void => {
    lines.push(message)
  }
  return { lines, info: note, warn: note, error: note }
}
