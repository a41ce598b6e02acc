// The rules of a link with which a password is set: good once, and not for long.
import { type Decider, nothing, reject } from '../../kernel/decider.ts'
import { event } from '../../kernel/event.ts'
import { type PasswordLinkEvents, passwordLinkEvents } from './events.ts'

export type PasswordLinkCommands = {
  IssuePasswordLink: PasswordLinkEvents['PasswordLinkIssued']
  UsePasswordLink: { readonly linkId: string; readonly at: string }
}

export type PasswordLink = { readonly personId: string; readonly expiresAt: string; readonly used: boolean } | null

/** Whether a password may still be set by the link. `at`: ISO 8601 UTC. */
export const isGood = (link: PasswordLink, at: string): link is NonNullable<PasswordLink> =>
  link !== null && !link.used && at < link.expiresAt

/** UsePasswordLink: `link-over`, whether it was used, is too old or was never issued. The state is null until it is issued. */
export const passwordLink: Decider<PasswordLinkCommands, PasswordLinkEvents, PasswordLink> = {
  events: passwordLinkEvents,
  initial: null,

  decide: {
    IssuePasswordLink: (link, command) => (link ? nothing : [event('PasswordLinkIssued', command)]),
    UsePasswordLink: (link, { linkId, at }) =>
      isGood(link, at) ? [event('PasswordLinkUsed', { linkId, personId: link.personId, at })] : reject('link-over'),
  },

  evolve: {
    PasswordLinkIssued: (_, { personId, expiresAt }) => ({ personId, expiresAt, used: false }),
    PasswordLinkUsed: (link) => link && { ...link, used: true },
  },
}
