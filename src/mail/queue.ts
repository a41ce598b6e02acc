// The queue: of the mails that wait, those that may be sent now, the pressing ones first; and when the next one may.
import { type Mail, mails } from '../../projections/mails.ts'
import { priorities } from '../domain/mail/events.ts'
import type { ReadModels } from '../kernel/read-models.ts'
import type { Limits } from './limits.ts'

export interface Due {
  readonly mails: readonly Mail[]
  /** When to look again though nothing new was queued; undefined when nothing waits. */
  readonly again: Date | undefined
}

export interface QueueOptions {
  readonly models: ReadModels
  readonly limits: Limits
  readonly now: () => Date
  /** Mails that are taken at once. */
  readonly batch?: number
  /** Pages that are looked through for mails that no limit holds back: those behind so many that are held wait with them. */
  readonly mostPages?: number
}

const pageSize = 200

/** Takes the mails that may be sent now. */
export async function takeDue({ models, limits, now, batch = 200, mostPages = 25 }: QueueOptions): Promise<Due> {
  const taken: Mail[] = []
  const at = now().toISOString()
  let heldFor = Number.POSITIVE_INFINITY

  for (const priority of priorities) {
    const where = { state: 'waiting', priority, dueAt: { lte: at } } as const
    let after: string | undefined
    for (let page = 0; page < mostPages && taken.length < batch; page += 1) {
      const found = await models.find(mails, { where, sort: { by: 'dueAt' }, limit: pageSize, ...(after && { after }) })
      for (const { document } of found.items) {
        if (taken.length >= batch) break
        const wait = limits.waitFor(document)
        if (wait === 0) taken.push(document)
        else heldFor = Math.min(heldFor, wait)
      }
      after = found.next
      if (after === undefined) break
    }
  }

  const next = await models.find(mails, {
    where: { state: 'waiting', dueAt: { gt: at } },
    sort: { by: 'dueAt' },
    limit: 1,
  })
  const dueNext = next.items[0] && Date.parse(next.items[0].document.dueAt)
  const again = Math.min(now().getTime() + heldFor, dueNext ?? Number.POSITIVE_INFINITY)
  return { mails: taken, again: Number.isFinite(again) ? new Date(again) : undefined }
}
