// A company's data directory with mails that wait, made before any server runs on it.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addPerson } from '../../src/commands/people.ts'
import { readConfig } from '../../src/config.ts'
import { queueMail } from '../../src/mail/index.ts'
import { openSystem, type System } from '../../src/system.ts'
import { notice } from './post-office.ts'

/** So many at once share one fsync. */
const together = 100

async function each<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const waiting = items.values()
  const worker = async () => {
    for (const item of waiting) await work(item)
  }
  await Promise.all(Array.from({ length: together }, worker))
}

async function fill(system: System, mails: number, people: number): Promise<string[]> {
  const context = system.self('tests')
  const recipients: string[] = []
  await each([...Array(people).keys()], async (at) => {
    const email = `ok-${at}@far.test`
    const person = {
      name: `Person ${at}`,
      email,
      phone: null,
      role: 'employee',
      departments: [],
      locationId: null,
    } as const
    const outcome = await addPerson(system, person, context)
    assert(!outcome.rejected)
    recipients.push(outcome.value.id)
  })
  const mailIds = Array.from({ length: mails }, () => system.newId())
  await each([...mailIds.entries()], async ([at, mailId]) => {
    const recipientId = recipients[at % people] ?? ''
    const outcome = await queueMail(system, { mailId, recipientId, content: notice(`Word ${at}`) }, context)
    assert(!outcome.rejected)
  })
  return mailIds
}

/** Makes the directory; `destroy` removes it. */
export async function fullQueue(mails: number, people: number) {
  const folder = mkdtempSync(join(tmpdir(), 'mails-'))
  const config = readConfig({ DATA_DIR: folder, DEMO: 'false', LOG_LEVEL: 'fatal' })
  const system = await openSystem({ config })
  const mailIds = await fill(system, mails, people)
  await system.close()
  return { folder, config, mailIds, destroy: () => rmSync(folder, { recursive: true, force: true }) }
}
