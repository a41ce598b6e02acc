import { test } from 'node:test'
import { given } from '../../../test/specification/decider.ts'
import { event } from '../../kernel/event.ts'
import { passwordLink } from './password-link.ts'

const at = '2026-03-02T08:00:00.000Z'
const issued = event('PasswordLinkIssued', {
  linkId: 'link-1',
  personId: 'ana',
  purpose: 'reset' as const,
  expiresAt: '2026-03-02T09:00:00.000Z',
  at,
})
const used = event('PasswordLinkUsed', { linkId: 'link-1', personId: 'ana', at })
const using = { linkId: 'link-1', at }

test('a link is good once', () => {
  given(passwordLink, [issued]).when('UsePasswordLink', using).then([used])
  given(passwordLink, [issued, used]).when('UsePasswordLink', using).thenRejected('link-over')
})

test('a link is good for its time, and one that was never issued for none', () => {
  given(passwordLink, [issued])
    .when('UsePasswordLink', { ...using, at: '2026-03-02T09:00:00.000Z' })
    .thenRejected('link-over')
  given(passwordLink).when('UsePasswordLink', using).thenRejected('link-over')
})
