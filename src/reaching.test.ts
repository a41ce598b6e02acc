// What a start needs from the stores is asked for until they answer; what is wrong for good is not.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { notebook } from '../test/subscribers/small-world.ts'
import { ConfigError } from './config.ts'
import { UnavailableError } from './kernel/errors.ts'
import { untilReached } from './reaching.ts'

function patiently(outages: number) {
  const delays: number[] = []
  const causes: string[] = []
  const log = notebook()
  const result = untilReached(
    async () => {
      if (outages-- > 0) throw new UnavailableError('the event store')
      return 'answer'
    },
    {
      log,
      onFailure: ({ message }) => causes.push(message),
      random: () => 1,
      sleep: async (milliseconds) => void delays.push(milliseconds),
    },
  )
  return { result, delays, causes, log }
}

test('it waits longer each time, says so once, and tells each cause', async () => {
  const { result, delays, causes, log } = patiently(7)
  assert.equal(await result, 'answer')
  assert.deepEqual(delays, [250, 500, 1_000, 2_000, 4_000, 5_000, 5_000])
  assert.equal(causes.length, 7)
  assert.deepEqual(log.lines, [
    'waiting for the stores: the event store is not available; try again shortly',
    'the stores can be reached',
  ])
})

test('a mistake is not waited for', async () => {
  const work = () => Promise.reject(new ConfigError('MASTER_KEY: is needed'))
  await assert.rejects(untilReached(work, { log: notebook(), onFailure: () => undefined }), ConfigError)
})
