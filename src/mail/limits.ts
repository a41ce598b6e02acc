// How many mails a person and a domain are sent in a while. Kept by the node that sends; a new one begins afresh.
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import type { Mail } from '../../projections/mails.ts'
import type { MailSettings } from './settings.ts'

export interface Limits {
  /** Milliseconds until the mail may be sent; 0: now, and it is counted. What a person waits for is held for the domain's sake only. */
  waitFor(mail: Pick<Mail, 'recipientKey' | 'domainKey' | 'priority'>): Promise<number>
}

const wait = async (limiter: RateLimiterMemory, key: string): Promise<number> => {
  try {
    await limiter.consume(key)
    return 0
  } catch (refused) {
    if (refused instanceof RateLimiterRes) return refused.msBeforeNext
    throw refused
  }
}

export function openLimits({ perRecipientHour, perDomainMinute }: MailSettings): Limits {
  const ofRecipient = new RateLimiterMemory({ points: perRecipientHour, duration: 3600 })
  const ofDomain = new RateLimiterMemory({ points: perDomainMinute, duration: 60 })
  return {
    async waitFor({ recipientKey, domainKey, priority }) {
      const domain = await wait(ofDomain, domainKey)
      if (domain > 0 || priority === 'high') return domain
      const recipient = await wait(ofRecipient, recipientKey)
      if (recipient > 0) await ofDomain.reward(domainKey)
      return recipient
    },
  }
}
