// The demo company's whole log, folded while it was written, against a replay from its first event: before and after people are forgotten.
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { customers } from '../../projections/customers.ts'
import { projections } from '../../projections/index.ts'
import { people } from '../../projections/people.ts'
import { eraseCustomer } from '../../src/commands/customers.ts'
import { erasePerson } from '../../src/commands/people.ts'
import { seedDemo } from '../../src/demo/seed.ts'
import { type ProjectionRunner, startProjections } from '../../src/subscribers/projection-runner.ts'
import { openSystem, type System } from '../../src/system.ts'
import { assertReplayEqualsLive, silent } from '../live/audit.ts'
import { configIn, password } from '../live/company.ts'
import { accepted } from '../shop.ts'

let folder: string
let system: System
let live: ProjectionRunner
const stopping = new AbortController()
const forgetful = { actor: 'system:test', correlationId: 'erasure' }

const caughtUp = async () => assert(await live.waitFor(await system.store.head(), 60_000))

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'caminho-'))
  system = await openSystem({ config: configIn(folder) })
  const { store, models, passwords } = system
  live = startProjections({ store, models, projections, signal: stopping.signal, log: silent })
  await seedDemo(system, { password, setPassword: passwords.set })
  await caughtUp()
})

after(async () => {
  stopping.abort()
  await live?.stopped
  await system?.close()
  await rm(folder, { recursive: true, force: true })
})

test('replaying the whole log gives the documents that were folded live, byte for byte, at the same positions', async () => {
  const { documents } = await assertReplayEqualsLive(folder)
  assert(documents > 5_000, `only ${documents} documents`)
})

test('it does so too once a customer and a person have been erased, and neither can be read in any of them', async () => {
  const [customer] = (await system.models.find(customers, { sort: { by: 'bought', direction: 'descending' } })).items
  const [person] = (await system.models.find(people, { where: { role: 'employee' } })).items
  assert(customer?.document.name && person?.document.name)
  accepted(await eraseCustomer(system, customer.id, forgetful))
  accepted(await erasePerson(system, person.id, forgetful))
  await system.vault.erase(person.id)
  await caughtUp()
  const { text } = await assertReplayEqualsLive(folder)
  for (const name of [customer.document.name, person.document.name]) assert(!text.includes(name), name)
})
