// Two nodes over one log and one queue: each mail is sent once, by whichever holds the lease, and who takes over keeps the limits of who went.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { pino } from 'pino'
import { openMail } from '../../src/mail/index.ts'
import { leasesOver } from '../../src/subscribers/leases.ts'
import { openSystem, type System } from '../../src/system.ts'
import { type MoodyServer, startMoodyServer } from './moody-server.ts'
import { openPostOffice, type PostOffice } from './post-office.ts'

const mails = 60

describe('two nodes', () => {
  let server: MoodyServer
  let office: PostOffice
  let second: System
  before(async () => {
    server = await startMoodyServer()
    office = await openPostOffice(server, { MAIL_PER_RECIPIENT_HOUR: '5', MAIL_CONNECTIONS: '1' })
    // With caches, connections and decisions of its own.
    second = await openSystem({ config: office.system.config, now: office.system.now })
  })
  after(async () => {
    await second.close()
    await office.close()
    await server.close()
  })

  /** The mail room of a node; both see the read models that the first one's thread makes. */
  const roomOf = (system: System) => {
    const leases = leasesOver({ keyValue: system.keyValue, log: pino({ level: 'silent' }) })
    const room = openMail({ ...system, desk: system, leases, progress: office.system.progress })
    const stopping = new AbortController()
    const running = room.run(stopping.signal)
    return {
      sent: () => room.stats().delivered.sent ?? 0,
      async stop() {
        stopping.abort()
        await running
      },
    }
  }

  it('send each mail once, also where one takes over from the other in the midst', async () => {
    const nodes = [roomOf(office.system), roomOf(second)] as const
    const addresses = Array.from({ length: 40 }, (_, at) => `ok-${at}@far.test`)
    await Promise.all(addresses.map(office.personAt))
    const queued = Array.from({ length: mails }, (_, at) => office.queue(addresses[at % 40] ?? ''))
    await office.until(() => nodes.some((node) => node.sent() > 10), 'the first mails')
    const [holder, other] = nodes.toSorted((a, b) => b.sent() - a.sent())
    assert(holder && other)
    assert.equal(other.sent(), 0)
    await holder.stop()
    await Promise.all(queued)
    await office.until(() => server.delivered.length === mails, 'the others')
    await other.stop()
    assert.equal(new Set(server.delivered.map(({ messageId }) => messageId)).size, mails)
    assert.equal(holder.sent() + other.sent(), mails)
    assert(other.sent() > 0, 'the other has sent its part')
  })

  it('send nobody more than their limit, whichever of them sends', async () => {
    const takenBy = (address: string) => server.delivered.filter(({ to }) => to === address).length
    const first = roomOf(office.system)
    for (let at = 0; at < 7; at += 1) await office.queue('ok-7@slow.test')
    await office.until(() => takenBy('ok-7@slow.test') === 5, 'five mails')
    await first.stop()

    const next = roomOf(second)
    await office.settled(await office.queue('ok-8@slow.test', { priority: 'low' }), 'sent')
    assert.equal(takenBy('ok-7@slow.test'), 5, 'what the first has sent counts')
    await office.travel(3_600_000)
    await office.until(() => takenBy('ok-7@slow.test') === 7, 'the others, an hour later')
    await next.stop()
  })
})
