// What is exported of a log: a whole part of it, with the tree of what lies before, or chosen events, each with a proof.
import type { RecordedEvent } from '../kernel/event.ts'
import { type EventFilter, type EventStore, passes, START } from '../kernel/event-store.ts'
import { type ExportedEvent, exportLines } from './export-file.ts'
import { type LogTree, leafOf } from './log-tree.ts'
import { inclusionProof } from './merkle.ts'
import { keysIn, sealsIn } from './seal-stream.ts'

const pageSize = 128

export interface Chosen {
  /** The first and last position, both included. */
  readonly from?: bigint
  readonly to?: bigint
  readonly filter?: EventFilter
  /** `person:<id>`, `system:<part>`. */
  readonly actor?: string
  readonly hashesOnly?: boolean
}

export interface Exporting {
  readonly rawLog: EventStore
  readonly tree: LogTree
  readonly now: () => Date
}

/** There is no seal yet, so that nothing of a choice could be proved. */
export class NotSealedError extends Error {
  readonly code = 'not-sealed'
  constructor() {
    super('the log has no seal yet: seal it first (npx caminho seal), then export a choice of its events')
    this.name = 'NotSealedError'
  }
}

/** The lines of an export. @throws NotSealedError */
export async function exportLog(source: Exporting, chosen: Chosen): Promise<AsyncGenerator<string>> {
  const isChoice = chosen.filter !== undefined || chosen.actor !== undefined
  return isChoice ? exportChoice(source, chosen) : exportPart(source, chosen)
}

async function exportPart({ rawLog, tree, now }: Exporting, { from = 0n, to, hashesOnly }: Chosen) {
  const before = from > 0n ? await tree.before(from) : { size: 0, peaks: [], after: START }
  const keys = (await keysIn(rawLog, before.after)).map(({ key }) => key)
  const head = { exportedAt: now().toISOString(), filter: null, from: before, keys }
  async function* pages() {
    for await (const page of rawLog.readAll({ after: before.after, pageSize })) {
      const wanted = to === undefined ? page : page.filter(({ position }) => position <= to)
      yield wanted.map((event): ExportedEvent => ({ event, leaf: leafOf(event) }))
      if (wanted.length < page.length) return
    }
  }
  const { size, peaks } = before
  return exportLines({ ...head, from: { size, peaks: [...peaks] }, seal: null }, pages(), {
    hashesOnly: hashesOnly ?? false,
  })
}

async function exportChoice({ rawLog, tree, now }: Exporting, chosen: Chosen) {
  const { from = 0n, to, filter, actor, hashesOnly } = chosen
  const [last] = await sealsIn(rawLog, { limit: 1 })
  if (!last) throw new NotSealedError()
  const { seal } = last
  const sealedUpTo = (await tree.eventAt(seal.size - 1))?.position ?? START
  const wanted = (event: RecordedEvent) => actor === undefined || event.metadata.actor === actor
  async function* pages() {
    const before = from > 0n ? await tree.before(from) : { size: 0, after: START }
    let index = before.size
    const subtrees = tree.subtrees()
    for await (const page of rawLog.readAll({ after: before.after, pageSize })) {
      const exported: ExportedEvent[] = []
      for (const event of page) {
        if (event.position > sealedUpTo || (to !== undefined && event.position > to)) break
        if (passes(filter, event) && wanted(event)) {
          const path = await inclusionProof(subtrees, index, seal.size)
          exported.push({ event, leaf: leafOf(event), proof: { index, path } })
        }
        index += 1
      }
      yield exported
    }
  }
  const described = {
    ...filter,
    ...(actor !== undefined && { actor }),
    from: String(from),
    ...(to !== undefined && { to: String(to) }),
  }
  const keys = (await keysIn(rawLog, sealedUpTo)).map(({ key }) => key)
  const head = { exportedAt: now().toISOString(), filter: described, from: { size: 0, peaks: [] }, keys, seal }
  return exportLines(head, pages(), { hashesOnly: hashesOnly ?? false })
}
