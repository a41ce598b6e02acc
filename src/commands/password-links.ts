// Links with which a person sets their password: issued together with the mail that carries them, used once.
import { claim, claimId } from '../domain/claims/claim.ts'
import { isGood, passwordLink } from '../domain/password-links/password-link.ts'
import { person } from '../domain/people/person.ts'
import type { Context, Desk } from './handling.ts'
import type { MailDesk } from './mail.ts'
import { factIn } from './unit.ts'

type Purpose = 'welcome' | 'reset'

/** Hours that a link is good for. */
const hours: Readonly<Record<Purpose, number>> = { welcome: 7 * 24, reset: 1 }

/** Issues a link; the same id is the same link. */
export const issuePasswordLink = (
  { commands, now }: Desk,
  { linkId, personId, purpose }: { readonly linkId: string; readonly personId: string; readonly purpose: Purpose },
  context: Context,
) =>
  commands.execute(context, (unit) => {
    const at = now()
    const expiresAt = new Date(at.getTime() + hours[purpose] * 3_600_000).toISOString()
    unit.decide(passwordLink, linkId, 'IssuePasswordLink', {
      linkId,
      personId,
      purpose,
      expiresAt,
      at: at.toISOString(),
    })
    return { id: linkId }
  })

/** Uses the link up. Rejected: `link-over`. The answer is whose password may be set. */
export const usePasswordLink = ({ commands, now }: Desk, linkId: string, context: Context) =>
  commands.execute(context, (unit) => {
    const used = unit.decide(passwordLink, linkId, 'UsePasswordLink', { linkId, at: now().toISOString() })
    return { personId: factIn(used, 'PasswordLinkUsed').personId }
  })

/** Whether a password may be set by the link now. */
export async function isLinkGood({ commands, now }: Desk, linkId: string, context: Context): Promise<boolean> {
  const found = await commands.execute(context, (unit) => ({ link: unit.state(passwordLink, linkId) }))
  return !found.rejected && isGood(found.value.link, now().toISOString())
}

/** Who has the account of an e-mail address, when they may sign in. */
export async function accountHolder({ commands, accountKey }: MailDesk, email: string, context: Context) {
  const found = await commands.execute(context, (unit) => {
    const { holder } = unit.state(claim, claimId('email', accountKey(email)))
    const known = holder === null ? undefined : unit.state(person, holder)
    return { personId: known && known.status === 'active' ? holder : null }
  })
  return found.rejected ? null : found.value.personId
}
