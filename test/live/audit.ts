// The auditor of a data directory: is the log whole, is no sale there by half, do the read models show what a replay gives?
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { projections } from '../../projections/index.ts'
import type { Config } from '../../src/config.ts'
import { catalogues, type DomainEvents } from '../../src/domain/events.ts'
import { verifyChain } from '../../src/domain/fiscal/chain.ts'
import { type SeriesEvents, seriesEvents } from '../../src/domain/fiscal/events.ts'
import { openEmbeddedReadModels } from '../../src/embedded-read-models.ts'
import { coded } from '../../src/kernel/codec.ts'
import type { EventIn, RecordedEvent } from '../../src/kernel/event.ts'
import { type EventStore, START } from '../../src/kernel/event-store.ts'
import type { Projection } from '../../src/kernel/projection.ts'
import type { ReadModels } from '../../src/kernel/read-models.ts'
import { openVault } from '../../src/kernel/vault.ts'
import { masterKeyOf, openStores, whereaboutsOf } from '../../src/opening.ts'
import { startProjections } from '../../src/subscribers/projection-runner.ts'
import { isLogEmbedded } from '../support/stores.ts'
import { configIn } from './company.ts'

export const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }

/** The stores of an installation, for reading beside whoever writes them. */
export async function openLog(folder: string, config: Config = configIn(folder)) {
  const { eventStore, models, keyValue, close } = await openStores(whereaboutsOf(config), {
    log: silent,
    readOnly: true,
  })
  return { store: coded(eventStore, catalogues, openVault(keyValue, masterKeyOf(config))), models, close }
}

const dataOf = <Type extends keyof DomainEvents & string>(events: readonly RecordedEvent[], wanted: Type) =>
  events.filter(({ type }) => type === wanted).map(({ data }) => data as DomainEvents[Type])

/** A sale is there with the stock that it took, its document and its cash, all in one append, and the sums agree. */
function assertWholeSale(append: readonly RecordedEvent[]): void {
  const [sale] = dataOf(append, 'SaleRegistered')
  const [document] = dataOf(append, 'FiscalDocumentIssued')
  assert(sale && document, 'a sale has a document')
  const { saleId, total, tax } = sale
  assert.deepEqual(
    { sourceId: document.sourceId, document: document.document, total: document.total, tax: document.tax },
    { sourceId: saleId, document: sale.document, total, tax },
  )
  const asked = new Map<string, number>()
  for (const { productId, quantity } of sale.lines) asked.set(productId, (asked.get(productId) ?? 0) + quantity)
  const taken = dataOf(append, 'StockSold').map(({ productId, quantity }): [string, number] => [productId, quantity])
  assert.deepEqual(new Map(taken), asked)
  assert.equal(
    sale.lines.reduce((sum, line) => sum + line.total, 0),
    total,
  )
  const cash = dataOf(append, 'CashTaken').map(({ sourceId, amount }) => ({ sourceId, amount }))
  const isCash = sale.payment.method === 'cash' && sale.cashSessionId !== null
  assert.deepEqual(cash, isCash ? [{ sourceId: saleId, amount: total }] : [])
}

/** Follows a log as it grows, and holds all that it reads to what must be so. */
export function logAuditor() {
  const revisions = new Map<string, bigint>()
  const sales = new Map<string, { readonly total: number; readonly lastPosition: bigint }>()
  const series = new Map<string, EventIn<SeriesEvents>[]>()
  let position = START

  const takeAppend = (append: readonly RecordedEvent[]): void => {
    const [registered] = dataOf(append, 'SaleRegistered')
    if (!registered) return
    assertWholeSale(append)
    sales.set(registered.saleId, { total: registered.total, lastPosition: append.at(-1)?.position ?? START })
  }

  const take = (event: RecordedEvent): void => {
    if (isLogEmbedded()) assert.equal(event.position, position + 1n, 'positions follow one another')
    assert(event.position > position, 'positions grow')
    position = event.position
    assert.equal(event.revision, (revisions.get(event.stream) ?? START) + 1n, `revisions of ${event.stream}`)
    revisions.set(event.stream, event.revision)
    if (!event.stream.startsWith(`${seriesEvents.category}-`)) return
    const documents = series.get(event.stream) ?? []
    documents.push(event as unknown as EventIn<SeriesEvents>)
    series.set(event.stream, documents)
  }

  return {
    sales,
    /** Reads on from where it stood. */
    async readOn(store: EventStore): Promise<bigint> {
      // A request's events have its id in common; an append of a request is whole within them.
      let append: RecordedEvent[] = []
      for await (const page of store.readAll({ after: position }))
        for (const event of page) {
          take(event)
          if (append.length > 0 && append[0]?.metadata.correlationId !== event.metadata.correlationId) {
            takeAppend(append)
            append = []
          }
          append.push(event)
        }
      if (append.length > 0) takeAppend(append)
      return position
    },
    /** The number of documents of each series, all of them without gap and chained. */
    chains(): ReadonlyMap<string, number> {
      const numbers = new Map<string, number>()
      for (const [stream, documents] of series) {
        const verdict = verifyChain(documents)
        assert(verdict.whole, `${stream}: ${JSON.stringify(verdict)}`)
        numbers.set(stream, verdict.documents)
      }
      return numbers
    },
  }
}

/** Every document of a read model with its id and position, as text. */
async function printed(models: ReadModels, projection: Projection): Promise<string[]> {
  const lines: string[] = []
  let after: string | undefined
  do {
    const page = await models.find(projection, { limit: 1_000, ...(after !== undefined && { after }) })
    for (const { id, position, document } of page.items) lines.push(`${id} ${position} ${JSON.stringify(document)}`)
    after = page.next
  } while (after !== undefined)
  return lines
}

/** What a replay gave. */
export interface Replay {
  readonly documents: number
  /** All of them, as text. */
  readonly text: string
}

/** Replays the whole log into fresh read models beside the live ones: the same documents, byte for byte, at the same positions. */
export async function assertReplayEqualsLive(folder: string, config?: Config): Promise<Replay> {
  const { store, models: live, close } = await openLog(folder, config)
  const fresh = openEmbeddedReadModels({ path: join(folder, `replay-${process.hrtime.bigint()}.sqlite`) })
  const stopping = new AbortController()
  const runner = startProjections({ store, models: fresh, projections, signal: stopping.signal, log: silent })
  try {
    assert(await runner.waitFor(await store.head(), 120_000), 'the replay does not end')
    const all: string[] = []
    for (const projection of projections) {
      const replayed = await printed(fresh, projection)
      assert.deepEqual(await printed(live, projection), replayed, projection.name)
      all.push(...replayed)
    }
    return { documents: all.length, text: all.join('\n') }
  } finally {
    stopping.abort()
    await runner.stopped
    await Promise.all([fresh.close(), close()])
  }
}
