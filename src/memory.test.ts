// Giving memory back, from several threads at once.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { Worker } from 'node:worker_threads'
import { giveBackMemory } from './memory.ts'

test('memory that nothing holds is given back, whatever other threads do at the same time', async () => {
  const module = new URL('memory.ts', import.meta.url).href
  const source = `const { giveBackMemory } = await import(${JSON.stringify(module)}); giveBackMemory()`
  const others = [1, 2, 3].map(() => new Worker(new URL(`data:text/javascript,${encodeURIComponent(source)}`)))
  const ended = Promise.all(others.map((worker) => once(worker, 'exit')))
  let ballast: string[] | undefined = Array.from({ length: 200_000 }, (_, index) => `held ${index}`)
  const held = process.memoryUsage().heapUsed
  assert.equal(ballast.length, 200_000)
  ballast = undefined
  giveBackMemory()
  assert.ok(process.memoryUsage().heapUsed < held - 5_000_000)
  assert.deepEqual(await ended, [[0], [0], [0]])
})
