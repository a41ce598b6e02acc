// The limits of mail: so many in any hour to a person, and in any minute to a domain.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openLimits } from './limits.ts'
import { mailSettings } from './settings.ts'

const minute = 60_000
const to = (person: string, domain = 'far', priority: 'high' | 'normal' = 'normal') => ({
  recipientKey: person,
  domainKey: domain,
  priority,
})

function limits(perRecipient: number, perDomain: number) {
  let now = 1_000_000 * minute
  const settings = mailSettings({ MAIL_PER_RECIPIENT_HOUR: perRecipient, MAIL_PER_DOMAIN_MINUTE: perDomain })
  const { waitFor } = openLimits(settings, () => new Date(now))
  return {
    waitFor,
    /** How many of so many may go now. */
    pass: (count: number, mail: ReturnType<typeof to>) =>
      Array.from({ length: count }, () => waitFor(mail)).filter((wait) => wait === 0).length,
    later(milliseconds: number) {
      now += milliseconds
    },
  }
}

test('a person gets so many in any hour, however the hour is laid', () => {
  const { pass, waitFor, later } = limits(3, 1_000)
  assert.equal(pass(1, to('ana')), 1)
  later(50 * minute)
  assert.equal(pass(9, to('ana')), 2)
  assert.equal(waitFor(to('ana')), 10 * minute)
  later(10 * minute)
  assert.equal(pass(9, to('ana')), 1, 'the first is an hour old, the other two are not')
  assert.equal(waitFor(to('ana')), 50 * minute)
  assert.equal(pass(9, to('rui')), 3, 'others are not held back')
})

test('a domain gets so many in any minute; what a person waits for takes no place of it', () => {
  const { pass, waitFor, later } = limits(1, 4)
  assert.equal(pass(3, to('ana')), 1)
  assert.equal(pass(9, to('rui', 'far', 'high')), 3, 'the pressing ones know no limit of the person')
  assert.equal(waitFor(to('eva')), minute)
  assert.equal(pass(1, to('eva', 'near')), 1)
  later(minute)
  assert.equal(pass(9, to('rui', 'far', 'high')), 4)
})
