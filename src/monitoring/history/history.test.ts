import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { metricNames, metrics } from '../../../otel/metrics.ts'
import type { KeyValueStore } from '../../kernel/key-value.ts'
import { openSqliteKeyValue } from '../../stores/sqlite/key-value.ts'
import { openHistogram } from '../histogram.ts'
import { counterPoint, gaugePoint, type Point, timingPoint } from '../points.ts'
import type { Sample } from '../sampling.ts'
import { addTo, type Chunk, chunkStart, day, hour, keyOf, type Level, levels, minute, pack, space } from './levels.ts'
import { availabilityIn, fittingStep, readHistory } from './reading.ts'
import { openRecording } from './recording.ts'

const folder = mkdtempSync(join(tmpdir(), 'caminho-'))
let keyValue: KeyValueStore
before(() => {
  keyValue = openSqliteKeyValue({ path: join(folder, 'keys.sqlite') })
})
after(async () => {
  await keyValue.close()
  rmSync(folder, { recursive: true, force: true })
})

const noon = Date.UTC(2026, 2, 2, 12)
const sampleAt = (to: number, points: Sample['points']): Sample => ({ from: to - 10_000, to, points })
const nodes = ['a', 'b'] as const
const timed = (...milliseconds: number[]): Point => {
  const histogram = openHistogram()
  for (const each of milliseconds) histogram.record(each * 1_000)
  return timingPoint(histogram.take())
}

describe('what was measured', () => {
  before(async () => {
    for (const node of nodes) {
      const recording = openRecording(keyValue, node)
      for (let at = noon + 10_000; at <= noon + 3 * hour; at += 10_000) {
        recording.take(
          sampleAt(at, {
            'caminho.events': counterPoint(2),
            'process.memory.usage': gaugePoint(100),
            'process.cpu.utilization': gaugePoint(node === 'a' ? 0.2 : 0.6),
            'http.server.request.duration': node === 'a' ? timed(1, 1, 1) : timed(100),
            'caminho.available.time': counterPoint(10),
          }),
        )
        if (at % minute === 0) await recording.flush()
      }
      await recording.finish()
    }
  })
  const asked = { from: noon, to: noon + hour, nodes }

  test('is summed over nodes, or the highest of them, as the metric says', async () => {
    const [memory] = await readHistory(keyValue, { metric: 'process.memory.usage', step: minute, ...asked })
    assert.deepEqual(memory?.value, { mean: 200, highest: 200 })
    const [cpu] = await readHistory(keyValue, { metric: 'process.cpu.utilization', step: minute, ...asked })
    assert.deepEqual(cpu?.value, { mean: 0.6, highest: 0.6 })
    const [events] = await readHistory(keyValue, { metric: 'caminho.events', step: minute, ...asked })
    assert.deepEqual(events?.value, { sum: 24 })
  })

  test('is the same by minutes, by hours and by steps between', async () => {
    for (const step of [minute, 5 * minute, hour]) {
      const steps = await readHistory(keyValue, { metric: 'caminho.events', step, ...asked })
      assert.equal(steps.length, hour / step)
      assert.equal(
        steps.reduce((sum, { value }) => sum + (value && 'sum' in value ? value.sum : 0), 0),
        24 * 60,
      )
    }
  })

  test('has true percentiles over nodes, not a mean of theirs', async () => {
    const [whole] = await readHistory(keyValue, { metric: 'http.server.request.duration', step: hour, ...asked })
    assert(whole?.value && 'p95' in whole.value)
    assert(whole.value.p50 < 2 && whole.value.p95 > 90, JSON.stringify(whole.value))
  })

  test('goes on in the same chunk after a restart, and tells where nothing was measured', async () => {
    const recording = openRecording(keyValue, 'a')
    recording.take(sampleAt(noon + 3 * hour + 30 * minute, { 'caminho.events': counterPoint(7) }))
    await recording.finish()
    const later = { from: noon + 2 * hour, to: noon + 4 * hour, nodes: ['a'] }
    const steps = await readHistory(keyValue, { metric: 'caminho.events', step: 30 * minute, ...later })
    assert.deepEqual(
      steps.map(({ value }) => value && 'sum' in value && value.sum),
      [360, 360, 7, null],
    )
  })

  test('says how much of the time the system was ready', async () => {
    const share = (from: number, to: number) => availabilityIn(keyValue, { from, to, nodes })
    assert.equal(await share(noon, noon + 3 * hour), 1)
    assert.equal(await share(noon, noon + 6 * hour), 0.5)
    assert.equal(await share(noon, noon), undefined)
  })
})

describe('ninety days, minute by minute', () => {
  const days = 90
  const start = Date.UTC(2026, 0, 1)
  let bytes = 0

  before(async () => {
    const size = () => statSync(join(folder, 'keys.sqlite')).size
    const wave = (at: number, of: number) => Math.round(of * (1 + Math.sin(at / day) + Math.sin(at / 7_000_000)))
    const timings = Array.from({ length: 7 }, (_, more) => timed(...[1, 2, 3, 5, 9, 20].map((each) => each + more)))
    const chunkOf = (level: Level, from: number): Chunk => {
      const chunk: Chunk = {}
      for (const [index, name] of metricNames.entries()) {
        const { kind } = metrics[name]
        for (let place = 0; place < level.chunk / level.grain; place += 1) {
          const value = wave(from + place * level.grain + index, 1_000 * (index + 1))
          const timing = timings[value % 7] ?? []
          addTo(chunk, name, place, kind === 'timing' ? timing : kind === 'gauge' ? gaugePoint(value) : [value % 100])
        }
      }
      return chunk
    }
    const before = size()
    for (const level of levels)
      for (let at = chunkStart(level, start); at < start + days * day; at += level.chunk)
        await keyValue.put(space, keyOf(level, 'long', at), pack(chunkOf(level, at)))
    await keyValue.put('nodes', 'long', {})
    // What lies in the write-ahead log is moved by a delete.
    await keyValue.delete('nodes', 'long')
    bytes = size() - before
  })

  test(`take less than 60 MB on disk`, (context) => {
    context.diagnostic(`${metricNames.length} metrics, ${days} days: ${(bytes / 2 ** 20).toFixed(1)} MB`)
    assert(bytes > 2 ** 20 && bytes < 60 * 2 ** 20, `${bytes} bytes`)
  })

  test('are read as fast when they are old', async (context) => {
    const timeOf = async (from: number, length: number) => {
      const asked = { metric: 'http.server.request.duration', from, to: from + length, nodes: ['long'] } as const
      const begun = performance.now()
      const steps = await readHistory(keyValue, { ...asked, step: fittingStep(from, from + length) })
      assert(steps.some(({ value }) => value !== null))
      return performance.now() - begun
    }
    const best = async (from: number, length: number) =>
      Math.min(await timeOf(from, length), await timeOf(from, length), await timeOf(from, length))
    await timeOf(start, day)
    const [old, recent, all] = [
      await best(start, day),
      await best(start + (days - 1) * day, day),
      await best(start, days * day),
    ]
    context.diagnostic(`a day, oldest ${old.toFixed(1)} ms, latest ${recent.toFixed(1)} ms; all ${all.toFixed(1)} ms`)
    assert(old < recent * 3 + 20, `${old} ms against ${recent} ms`)
    assert(all < 1_500, `${all} ms`)
  })
})
