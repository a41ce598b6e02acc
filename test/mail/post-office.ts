// A shop with a mail room that sends to a moody server, in a time that the test moves.
import assert from 'node:assert/strict'
import { mails } from '../../projections/mails.ts'
import { addPerson } from '../../src/commands/people.ts'
import type { Content, Priority } from '../../src/domain/mail/events.ts'
import { queueMail } from '../../src/mail/index.ts'
import { type RunningShop, startShop } from '../support/app.ts'
import type { MoodyServer } from './moody-server.ts'

export const notice = (title = 'A word'): Content => ({
  kind: 'notification',
  notificationId: 'notice',
  about: { kind: 'message', title, text: 'That is all.', senderId: 'nobody' },
})

const until = async (condition: () => boolean | Promise<boolean>, what: string): Promise<void> => {
  const end = Date.now() + 20_000
  while (!(await condition())) {
    assert(Date.now() < end, `${what} did not come`)
    await new Promise((resolve) => setTimeout(resolve, 15))
  }
}

export async function openPostOffice(server: Pick<MoodyServer, 'url'>, env: Readonly<Record<string, string>> = {}) {
  let ahead = 0
  const now = () => new Date(Date.now() + ahead)
  const settings = { SMTP_URL: server.url, MAIL_TLS: 'none', MAIL_TIMEOUT: '1', MAIL_FROM: 'Loja <loja@shop.test>' }
  const shop: RunningShop = await startShop({ now, env: { ...settings, ...env } })
  const { system } = shop
  const people = new Map<string, string>()
  let stopping = new AbortController()
  let running: Promise<void> | undefined

  const personAt = async (address: string): Promise<string> => {
    const known = people.get(address)
    if (known) return known
    const person = {
      name: address,
      email: address,
      phone: null,
      role: 'employee',
      departments: [],
      locationId: null,
    } as const
    const outcome = await addPerson(system, person, system.self('tests'))
    assert(!outcome.rejected, address)
    people.set(address, outcome.value.id)
    return outcome.value.id
  }

  const stateOf = async (mailId: string) => (await system.models.get(mails, mailId))?.document

  const office = {
    shop,
    system,
    until,
    stateOf,
    start() {
      stopping = new AbortController()
      running = system.mail.run(stopping.signal)
    },
    async stop() {
      stopping.abort()
      await running
    },
    async queue(address: string, { content = notice(), priority }: { content?: Content; priority?: Priority } = {}) {
      const recipientId = await personAt(address)
      const mail = { mailId: system.newId(), recipientId, content, ...(priority && { priority }) }
      const outcome = await queueMail(system, mail, system.self('tests'))
      assert(!outcome.rejected)
      return mail.mailId
    },
    personAt,
    /** Moves the time, and wakes the sender with a mail of its own. */
    async travel(milliseconds: number) {
      ahead += milliseconds
      await office.queue('ok-0@wake.test', { priority: 'low' })
    },
    /** Until the mail is in that state, after so many attempts. */
    settled: (mailId: string, state: string, attempts?: number) =>
      until(
        async () => {
          const mail = await stateOf(mailId)
          return mail?.state === state && (attempts === undefined || mail.attempts === attempts)
        },
        `${state}${attempts === undefined ? '' : ` after ${attempts} attempts`}`,
      ),
    /** The types of a mail's facts, and its codes. */
    async storyOf(mailId: string) {
      const facts = await system.mail.storyOf(mailId)
      return facts.map(({ type, data }) =>
        [type, (data as { code?: string; because?: string }).code].filter(Boolean).join(' '),
      )
    },
    async close() {
      await office.stop()
      await shop.close()
    },
  }
  return office
}
export type PostOffice = Awaited<ReturnType<typeof openPostOffice>>
