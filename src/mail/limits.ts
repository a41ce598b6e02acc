// How many mails a person and a domain are sent in a while. Counted by the node that sends; who takes over recalls what was sent before.
import { type Mail, mails } from '../../projections/mails.ts'
import type { ReadModels } from '../kernel/read-models.ts'
import type { MailSettings } from './settings.ts'

export interface Limits {
  /** Milliseconds until the mail may be sent; 0: now, and it is counted. */
  waitFor(mail: Pick<Mail, 'recipientKey' | 'domainKey' | 'priority'>): number
  /** Counts what any node has sent lately, as the read model shows it, in place of what this one has counted. */
  recall(models: ReadModels): Promise<void>
}

const pageSize = 500
const minute = 60_000
const hour = 60 * minute

/** At most so many in any stretch of `span` milliseconds, for each key. */
function slidingWindow(most: number, span: number) {
  const times = new Map<string, number[]>()
  let sweptAt = 0

  const sweep = (now: number): void => {
    sweptAt = now
    for (const [key, seen] of times) if ((seen.at(-1) ?? 0) <= now - span) times.delete(key)
  }

  return {
    waitFor(key: string, now: number): number {
      const lastInTheWay = times.get(key)?.at(-most)
      return lastInTheWay === undefined ? 0 : Math.max(0, lastInTheWay + span - now)
    },
    /** Counts one; in order of time. */
    add(key: string, at: number): void {
      if (at - sweptAt >= span) sweep(at)
      const seen = times.get(key) ?? []
      seen.push(at)
      // Seldom, and many at once.
      times.set(key, seen.length > most * 2 ? seen.slice(-most) : seen)
    },
    clear: () => times.clear(),
  }
}

/** What was sent since a time, the oldest first. */
async function* sentSince(models: ReadModels, since: number): AsyncGenerator<Mail> {
  const where = { state: 'sent', lastAt: { gte: new Date(since).toISOString() } } as const
  let after: string | undefined
  do {
    const page = await models.find(mails, { where, sort: { by: 'lastAt' }, limit: pageSize, ...(after && { after }) })
    for (const { document } of page.items) yield document
    after = page.next
  } while (after !== undefined)
}

export function openLimits({ perRecipientHour, perDomainMinute }: MailSettings, now: () => Date): Limits {
  const ofRecipient = slidingWindow(perRecipientHour, hour)
  const ofDomain = slidingWindow(perDomainMinute, minute)

  const count = ({ recipientKey, domainKey, priority }: Parameters<Limits['waitFor']>[0], at: number): void => {
    ofDomain.add(domainKey, at)
    if (priority !== 'high') ofRecipient.add(recipientKey, at)
  }

  return {
    waitFor(mail) {
      const at = now().getTime()
      const { recipientKey, domainKey, priority } = mail
      // What a person waits for is held for the domain's sake only.
      const recipient = priority === 'high' ? 0 : ofRecipient.waitFor(recipientKey, at)
      const wait = Math.max(recipient, ofDomain.waitFor(domainKey, at))
      if (wait === 0) count(mail, at)
      return wait
    },

    async recall(models) {
      ofRecipient.clear()
      ofDomain.clear()
      for await (const mail of sentSince(models, now().getTime() - hour)) count(mail, Date.parse(mail.lastAt))
    },
  }
}
