// The addresses of a mail: where it comes from, where it is sent back to when it cannot be delivered, and its Message-ID.
import type { Links } from '../auth/links.ts'
import type { MailSettings } from './settings.ts'

/** The bare address of `Name <address>`. */
export const bareAddress = (from: string): string => /<([^<>]+)>/.exec(from)?.[1] ?? from

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1)

/** The same for every attempt at a mail, so that who gets it twice can tell (RFC 5322 3.6.4). */
export const messageIdOf = (mailId: string, { from }: Pick<MailSettings, 'from'>): string =>
  `<${mailId}@${domainOf(bareAddress(from))}>`

/** The mail that a Message-ID of ours names. */
export const mailIn = (messageId: string): string | undefined =>
  /^<?([\da-f-]{36})@/i.exec(messageId)?.[1]?.toLowerCase()

const returnPath = /^b-([\da-f]{32})-([\da-f]{12})@/i

/**
 * Where a mail that cannot be delivered comes back to: an address of its own (VERP), which only we can make, in hex since servers may change its
 * case. Without a domain for that: the sender's own address.
 */
export function returnPathOf(links: Links, mailId: string, settings: MailSettings): string {
  if (settings.bounceDomain === undefined) return bareAddress(settings.from)
  const compact = mailId.replaceAll('-', '')
  return `b-${compact}-${links.stamp(compact)}@${settings.bounceDomain}`
}

/** The mail whose return path this is; undefined when we did not make it. */
export function mailAt(links: Links, address: string): string | undefined {
  const [, compact = '', stamp = ''] = returnPath.exec(address.toLowerCase()) ?? []
  if (!links.isStamp(compact, stamp)) return undefined
  return compact.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
