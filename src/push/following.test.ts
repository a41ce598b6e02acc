// What the hub follows of the log: nobody pays for sales that nobody hears of, and who comes or goes misses nothing and hears nothing twice.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, test } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import fc from 'fast-check'
import { v7 as uuidv7 } from 'uuid'
import type { EventStore } from '../kernel/event-store.ts'
import { openSqliteEventStore } from '../stores/sqlite/event-store.ts'
import { openHub } from './hub.ts'
import { type Listener, listenerOn } from './listener.ts'
import { wantedOf } from './rooms.ts'

const quiet = () => undefined
const log = { info: quiet, warn: quiet, error: quiet }
const who = { personId: 'ana', sessionId: 's', role: 'admin', departments: [] } as const

let folder: string
let store: EventStore
/** What the hub was handed of the log. */
let handed: string[]

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'following-'))
  handed = []
  const whole = openSqliteEventStore({ path: join(folder, 'log') })
  store = {
    ...whole,
    async *subscribe(options) {
      for await (const told of whole.subscribe(options)) {
        // On its way for a moment, in which somebody may come.
        await nextTurn()
        if (told.kind === 'events') handed.push(...told.events.map(({ type }) => type))
        yield told
      }
    },
  }
})
afterEach(async () => {
  await store.close()
  rmSync(folder, { recursive: true })
})

const append = async (type: string, data: object): Promise<bigint> => {
  const event = { id: uuidv7(), type, schema: 1, data }
  const write = { stream: `${type}-1`, expected: 'any', events: [event] } as const
  return (await store.append([write], { actor: 'tests', correlationId: 'tests' })).position
}
const change = () => append('TaskCompleted', { taskId: 't' })
const move = () => append('WorkplaceChanged', { personId: 'ana', departments: ['Compras'], locationId: null })

const opened = async (onAccessEvent: () => void = quiet) => {
  const hub = openHub({ store, log, onAccessEvent, onAttendance: quiet })
  await hub.open()
  return hub
}
type Hub = Awaited<ReturnType<typeof opened>>

/** Waits for what comes by turns of the event loop alone. */
const comes = async (condition: () => boolean, what: () => string): Promise<void> => {
  const end = performance.now() + 10_000
  while (!condition()) {
    assert(performance.now() < end, what())
    await nextTurn()
  }
}
const reaches = (hub: Hub, position: bigint) =>
  comes(
    () => hub.position >= position,
    () => `the hub is at ${hub.position}, not at ${position}`,
  )

interface Ear {
  readonly listener: Listener
  readonly since: bigint
  readonly heard: bigint[]
}
const listen = (hub: Hub): Ear => {
  const heard: bigint[] = []
  const line = {
    send: ({ position }: { position: bigint }) => void heard.push(position),
    buffered: () => 0,
    close() {},
  }
  const listener = listenerOn(line, who, wantedOf({ events: ['*'] }))
  const since = hub.position
  hub.add(listener)
  hub.tell(listener)
  return { listener, since, heard }
}

test('while nobody listens only what changes access is followed, and how far the log has come', async () => {
  let heard = 0
  const hub = await opened(() => {
    heard += 1
  })
  for (let at = 0; at < 20; at += 1) await change()
  await reaches(hub, await move())
  assert.deepEqual([handed, heard, hub.departmentsOf('ana')], [['WorkplaceChanged'], 1, ['Compras']])
  await hub.close('goingAway')
})

test('when the last one has gone it is narrowed after a while, not at once', async () => {
  const hub = await opened()
  const { listener } = listen(hub)
  await reaches(hub, await change())
  hub.remove(listener)
  for (let at = 0; at < 10; at += 1) {
    await Promise.all(Array.from({ length: 50 }, change))
    await reaches(hub, await store.head())
  }
  assert(handed.length > 100 && handed.length < 400, `${handed.length} events were followed`)
  await hub.close('goingAway')
})

test('who comes and goes at any moment hears each message after that once and in order', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom('come', 'go', 'change', 'move', 'turn'), { minLength: 10, maxLength: 80 }),
      async (steps) => {
        const hub = await opened()
        const [all, gone]: [Ear[], { ear: Ear; until: bigint }[]] = [[], []]
        const changes: Promise<bigint>[] = []
        const moves: Promise<bigint>[] = []
        for (const step of steps) {
          if (step === 'come') all.push(listen(hub))
          else if (step === 'change') changes.push(change())
          else if (step === 'move') moves.push(move())
          else if (step === 'turn') await nextTurn()
          else {
            const ear = all.shift()
            if (!ear) continue
            gone.push({ ear, until: hub.toldUpTo(ear.listener) })
            hub.remove(ear.listener)
          }
        }
        const positions = await Promise.all(changes)
        await Promise.all(moves)
        await reaches(hub, await store.head())
        const due = ({ since }: Ear, until: bigint) => positions.filter((at) => at > since && at <= until)
        const states = () => all.map(({ listener }) => listener.state)
        await comes(
          () => states().every((state) => state === 'live'),
          () => `listeners are ${states()}`,
        )
        for (const ear of all) assert.deepEqual(ear.heard, due(ear, hub.position))
        for (const { ear, until } of gone) assert.deepEqual(ear.heard, due(ear, until))
        await hub.close('goingAway')
      },
    ),
    { numRuns: 60 },
  ))
