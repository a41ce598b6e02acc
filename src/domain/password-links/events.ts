// Everything that can happen to a link with which a person sets their password. The link's secret is in no event.
import { z } from 'zod'
import { type DataOf, events, v1 } from '../../kernel/event.ts'
import { id, instant } from '../values.ts'

export const passwordLinkEvents = events('password-link', {
  PasswordLinkIssued: v1({
    linkId: id,
    personId: id,
    purpose: z.enum(['welcome', 'reset']),
    expiresAt: instant,
    at: instant,
  }),
  PasswordLinkUsed: v1({ linkId: id, personId: id, at: instant }),
})
export type PasswordLinkEvents = DataOf<typeof passwordLinkEvents>
