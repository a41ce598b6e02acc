// Waiting for the read models: who waits is heard of, and is told when they are there, or that they were not in time.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { progressFrom } from './progress.ts'

describe('the progress of the read models', () => {
  it('tells whoever folds that somebody waits, but not when what is asked for is there', async () => {
    let waits = 0
    const progress = progressFrom(5n, () => {
      waits += 1
    })
    assert.equal(await progress.waitFor(5n, 0), true)
    assert.equal(waits, 0)
    const waiting = progress.waitFor(6n, Number.POSITIVE_INFINITY)
    assert.equal(waits, 1)
    progress.advance(6n)
    assert.equal(await waiting, true)
  })

  it('wakes only those whose position is reached, and never goes back', async () => {
    const progress = progressFrom(0n)
    let reached = false
    const later = progress.waitFor(9n, Number.POSITIVE_INFINITY).then(() => {
      reached = true
    })
    const sooner = progress.waitFor(3n, Number.POSITIVE_INFINITY)
    progress.advance(4n)
    await sooner
    progress.advance(2n)
    assert.equal(progress.position, 4n)
    assert.equal(reached, false)
    progress.advance(9n)
    await later
  })

  it('says so when the position is not reached in time', async () => {
    assert.equal(await progressFrom(0n).waitFor(1n, 1), false)
  })
})
