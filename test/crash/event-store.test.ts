// The embedded event store when its process is killed, and when a second process writes the same log.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { execPath } from 'node:process'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { RecordedEvent } from '../../src/kernel/event.ts'
import { collect, type EventStore, START } from '../../src/kernel/event-store.ts'
import { openSqliteEventStore } from '../../src/stores/sqlite/event-store.ts'
import { follow, metadata, sold, write } from '../contract/log.ts'
import { soon } from '../contract/opened.ts'
import { inNewFolder } from '../contract/sqlite.ts'

const open = inNewFolder((path) => openSqliteEventStore({ path }))
const appender = fileURLToPath(new URL('appender.ts', import.meta.url))

/** Runs an appender until it has told `kill` acknowledgements or ends by itself; gives what it has told. */
async function runAppender(path: string, { kill, enough = Infinity }: { kill?: number; enough?: number }) {
  const child = spawn(execPath, ['--disable-warning=ExperimentalWarning', appender, path, String(enough)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const acknowledged: string[] = []
  const closed: Promise<unknown[]> = once(child, 'close')
  const lines = createInterface(child.stdout)
  // The last lines may be told after the process is gone.
  const read = once(lines, 'close')
  lines.on('line', (line) => {
    acknowledged.push(line)
    if (acknowledged.length === kill) child.kill('SIGKILL')
  })
  const [[code, signal]] = await soon(Promise.all([closed, read]), 'the end of an appender')
  // An appender that fell over by itself proves nothing.
  assert.deepEqual([code, signal], kill === undefined ? [0, null] : [null, 'SIGKILL'])
  return acknowledged
}

/** Every append is there as a whole, and every revision and position follows the one before. */
async function assertSound(store: EventStore): Promise<Set<string>> {
  const appends = new Map<string, RecordedEvent[]>()
  const revisions = new Map<string, bigint>()
  let position = START
  for await (const page of store.readAll())
    for (const event of page) {
      assert.equal(event.position, position + 1n)
      position = event.position
      assert.equal(event.revision, (revisions.get(event.stream) ?? START) + 1n)
      revisions.set(event.stream, event.revision)
      const { correlationId } = event.metadata
      appends.set(correlationId, [...(appends.get(correlationId) ?? []), event])
    }
  for (const events of appends.values())
    for (const { data } of events) assert.deepEqual(data, { of: events.length }, 'half an append')
  assert.equal(await store.head(), position)
  return new Set(appends.keys())
}

test('whenever the process is killed, what was acknowledged is there and nothing is there by half', async () => {
  const { store, path, reopen, destroy } = await open()
  await store.close()
  const acknowledged: string[] = []
  for (const kill of [1, 40, 7, 300, 120]) {
    acknowledged.push(...(await runAppender(path, { kill })))
    const again = await reopen()
    const kept = await assertSound(again)
    for (const append of acknowledged) assert.ok(kept.has(append), `append ${append} was acknowledged and is lost`)
    // Closed while the next one writes, so that opening has to recover what a dead process left.
    await again.close()
  }
  await destroy()
})

test('two processes append to one log without harm, and each hears of the other', async () => {
  const { store, path, destroy } = await open()
  let foreign = 0
  store.onForeignCommit(() => {
    foreign += 1
  })
  const follower = follow(store, START)
  let running = true
  const other = runAppender(path, { enough: 200 }).finally(() => {
    running = false
  })
  let own = 0
  while (running) {
    const data = { of: 1 }
    await store.append([write('stock-1', 'any', { ...sold(1), data })], { ...metadata, correlationId: `own-${own++}` })
  }
  const told = await other
  const kept = await assertSound(store)
  for (const append of told) assert.ok(kept.has(append))
  assert.equal(kept.size, told.length + own)
  assert.ok(foreign > 0)
  const all = await collect(store.readAll())
  await follower.until(() => follower.events.length >= all.length, 'all events of both')
  assert.deepEqual(follower.events, all)
  await follower.stop()
  await destroy()
})
