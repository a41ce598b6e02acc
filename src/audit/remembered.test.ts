// What takes long is begun once for whoever asks, told of while it goes on, and given up when nobody asks any more.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Doing, remembered } from './remembered.ts'

/** Work that goes on as far as the test lets it, by its key. */
function slowWork() {
  const begun: { readonly key: string; readonly doing: Doing; readonly done: PromiseWithResolvers<string> }[] = []
  const ended: string[] = []
  const asking = remembered<string, string>({
    work: (key, doing) => {
      const done = Promise.withResolvers<string>()
      begun.push({ key, doing, done })
      return done.promise
    },
    nameOf: (key) => key,
    end: async (value) => void ended.push(value),
    patience: 5,
  })
  return { begun, ended, at: (key: string) => asking.at(key, (value) => value.toUpperCase()) }
}

test('whoever asks before it is done hears how far it is, and it is begun once', async () => {
  const { begun, at } = slowWork()
  assert.deepEqual(await at('march'), { events: 0 })
  begun[0]?.doing.onProgress(250)
  assert.deepEqual(await at('march'), { events: 250 })
  begun[0]?.done.resolve('as it was')
  assert.deepEqual(await at('march'), { result: 'AS IT WAS' })
  assert.deepEqual(await at('march'), { result: 'AS IT WAS' })
  assert.equal(begun.length, 1)
})

test('two who ask for different things do not keep each other from them', async () => {
  const { begun, at } = slowWork()
  await Promise.all([at('march'), at('april')])
  for (const { key, done } of begun) done.resolve(key)
  assert.deepEqual(await Promise.all([at('april'), at('march')]), [{ result: 'APRIL' }, { result: 'MARCH' }])
  assert.equal(begun.length, 2)
})

test('work that fails says so to whoever asks, and is begun anew', async () => {
  const { begun, at } = slowWork()
  await at('march')
  begun[0]?.done.reject(new Error('the disk is full'))
  await assert.rejects(at('march'), /the disk is full/)
  await at('march')
  assert.equal(begun.length, 2)
})

test('of many, that which was asked for longest ago is given up, and what it took is released', async () => {
  const { begun, ended, at } = slowWork()
  await at('first')
  begun[0]?.done.resolve('the first')
  for (const key of ['second', 'third', 'fourth', 'fifth']) await at(key)
  assert.deepEqual(ended, ['the first'])
  assert.equal(begun[0]?.doing.signal.aborted, true)
  assert.equal(begun[1]?.doing.signal.aborted, false)
})
