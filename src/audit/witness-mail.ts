// The witness by e-mail: the last seal goes to somebody outside at the times of a schedule, if it is another than the last time.

import type { Context } from '../commands/handling.ts'
import type { MailDesk } from '../commands/mail.ts'
import { queueMailOutside } from '../commands/mail.ts'
import type { EventStore } from '../kernel/event-store.ts'
import type { ScheduledJob } from '../schedules.ts'
import { sealsIn } from './seal-stream.ts'
import type { SigningKeys } from './signing-keys.ts'
import { testify } from './testimony.ts'

export interface WitnessMailOptions {
  readonly desk: MailDesk
  readonly rawLog: EventStore
  readonly keys: SigningKeys
  readonly address: string
  readonly locale: 'pt-MZ' | 'en'
  readonly cron: string
  readonly context: Context
}

/** The key under which the address is encrypted, and what the outbox calls the witness by. */
export const witnessId = 'seal-witness'

/** Each seal covers all before it, so that the last one is enough. A mail has the id of its seal: none is sent twice. */
export const witnessMailJob = (options: WitnessMailOptions): ScheduledJob => {
  const { desk, rawLog, keys, address, locale, cron, context } = options
  return {
    name: 'seal-witness-mail',
    cron,
    zone: 'UTC',
    async run() {
      const [last] = await sealsIn(rawLog, { limit: 1 })
      if (!last) return
      const { testimony, signature } = await testify(keys, last.eventId, last.seal)
      const { id: sealId, ...said } = testimony
      const content = { kind: 'seal', sealId, ...said, signature } as const
      const mail = { mailId: sealId, recipientId: witnessId, address, locale, content, priority: 'high' } as const
      await queueMailOutside(desk, mail, context)
    },
  }
}
