// Welcomes people whom somebody else has given an account: a mail with a link by which they choose their own password.

import { queueMail } from '../commands/mail.ts'
import { issuePasswordLink } from '../commands/password-links.ts'
import type { PeopleDesk } from '../commands/people.ts'
import type { DomainEvents } from '../domain/events.ts'
import { defineReactor, type Reactor } from '../subscribers/reactor.ts'

export const welcoming = (desk: PeopleDesk): Reactor =>
  defineReactor<DomainEvents>('welcome', {
    on: {
      async PersonAdded({ id, data: { personId }, metadata: { actor, correlationId } }, { key, keyOf }) {
        // The founder, and those of a demo, have their password.
        if (!actor.startsWith('person:')) return
        const context = { actor: 'system:welcome', correlationId, causationId: id }
        const linkId = keyOf('link')
        await issuePasswordLink(desk, { linkId, personId, purpose: 'welcome' }, context)
        const content = { kind: 'welcome', linkId } as const
        await queueMail(desk, { mailId: key, recipientId: personId, content, priority: 'high' }, context)
      },
    },
  })
