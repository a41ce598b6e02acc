// People who are hired while nodes are killed: each is to get one welcome, written down once, over a real SMTP server.
import assert from 'node:assert/strict'
import { randomInt, randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { EventStore } from '../../src/kernel/event-store.ts'
import type { LiveServer } from '../live/server.ts'
import { type MoodyServer, startMoodyServer } from '../mail/moody-server.ts'
import { until } from '../support/until.ts'

/** Mails that one node sends at once, at the most: those that are under way when it is killed. */
const connections = 2

const hired = z.object({ id: z.string() })

/** What there is of each mail in the log: how often it was queued and sent. */
async function storiesIn(store: EventStore): Promise<ReadonlyMap<string, { queued: string[]; sent: number }>> {
  const stories = new Map<string, { queued: string[]; sent: number }>()
  for await (const page of store.readAll({ filter: { types: ['MailQueued', 'MailSent'] } }))
    for (const { type, data, metadata } of page) {
      const mailId = String(Reflect.get(Object(data), 'mailId'))
      const story = stories.get(mailId) ?? { queued: [], sent: 0 }
      stories.set(mailId, story)
      if (type === 'MailSent') story.sent += 1
      else story.queued.push(`${metadata.causationId} ${Reflect.get(Object(data), 'recipientId')}`)
    }
  return stories
}

export interface Hiring {
  /** Settings of nodes that send there. */
  readonly env: Readonly<Record<string, string>>
  /** Hires so many by any node, and asks the next one when one does not answer. `token`: of an administrator. */
  hire(count: number, nodes: readonly LiveServer[], token: string): Promise<void>
  /** What the SMTP server has taken so far. */
  readonly delivered: MoodyServer['delivered']
  /** Waits until every mail was sent and is written down as such. */
  settled(store: EventStore): Promise<void>
  /** Holds all that was sent and written down to what must be so, after so many kills; what there was. */
  assertNoneLostOrTwice(store: EventStore, kills: number): Promise<string>
  close(): Promise<void>
}

export async function startHiring(): Promise<Hiring> {
  const smtp = await startMoodyServer({ keepSource: false })
  const people = new Set<string>()
  let closed = false

  const hireOne = async (nodes: readonly LiveServer[], token: string): Promise<void> => {
    const number = people.size
    const email = `ok-${number}-${randomUUID()}@far.test`
    const body = JSON.stringify({
      name: `Person ${number}`,
      email,
      role: 'employee',
      password: 'a long enough password',
    })
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
    }
    for (let at = randomInt(nodes.length); !closed; at += 1) {
      const url = nodes[at % nodes.length]?.url
      const answer = await fetch(`${url}/api/people`, { method: 'POST', headers, body }).catch(() => undefined)
      const text = await answer?.text().catch(() => undefined)
      if (text === undefined || answer?.status === 503) continue
      assert.equal(answer?.status, 201, text)
      people.add(hired.parse(JSON.parse(text)).id)
      return
    }
  }

  return {
    env: {
      SMTP_URL: smtp.url,
      MAIL_TLS: 'none',
      MAIL_CONNECTIONS: String(connections),
      MAIL_FROM: 'shop@shop.test',
    },
    delivered: smtp.delivered,

    async hire(count, nodes, token) {
      for (let hires = 0; hires < count; hires += 1) await hireOne(nodes, token)
    },

    settled: (store) =>
      until(
        async () => {
          const stories = [...(await storiesIn(store)).values()]
          return stories.length >= people.size && stories.every(({ sent }) => sent > 0)
        },
        { what: `the mails to ${people.size} people`, within: 120_000 },
      ),

    async assertNoneLostOrTwice(store, kills) {
      const stories = await storiesIn(store)
      const queued = [...stories.values()].flatMap((story) => story.queued)
      assert.equal(new Set(queued).size, queued.length, 'a mail about the same was queued twice for somebody')
      for (const [mailId, story] of stories)
        assert.deepEqual([story.queued.length, story.sent], [1, 1], `mail ${mailId} is written down once`)
      const told = new Set(queued.map((text) => text.split(' ')[1]))
      for (const person of people) assert(told.has(person), 'everybody who was hired is told')
      const messages = new Set(smtp.delivered.map(({ messageId }) => messageId))
      assert.equal(messages.size, stories.size, 'each was sent, and under its own Message-ID also where it came twice')
      const twice = smtp.delivered.length - messages.size
      assert(twice <= kills * connections, 'no more came twice than were under way at a kill')
      return `${stories.size} mails, ${twice} of them came twice, under the same Message-ID`
    },

    close() {
      closed = true
      return smtp.close()
    },
  }
}
