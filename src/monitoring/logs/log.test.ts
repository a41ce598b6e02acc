import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { openLog } from './log.ts'
import { keepRecent } from './recent.ts'

test('a line goes to the file and to whoever is told, without secrets and personal data', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'caminho-'))
  const told: string[] = []
  const log = await openLog({ level: 'info', folder, also: (line) => told.push(line) })
  const person = { email: 'ana@example.org', phone: '840000000' }
  log.logger.info({ password: 'open sesame', person, order: { token: 'abc' }, id: 'p1' }, 'somebody came')
  log.logger.debug('nobody asked for this')
  await log.close()
  const kept = readFileSync(join(folder, 'caminho.log'), 'utf8')
  rmSync(folder, { recursive: true })
  assert.equal(kept, told.join(''))
  assert.match(kept, /"id":"p1"/)
  assert.doesNotMatch(kept, /open sesame|ana@example|840000000|abc|nobody asked/)
  assert.equal(log.recent.read({ limit: 10 })[0]?.message, 'somebody came')
})

test('the recent lines are the latest, by level, by text and after a number, and no more than a thousand are kept', () => {
  const recent = keepRecent()
  for (let number = 1; number <= 1_500; number += 1)
    recent.add(JSON.stringify({ level: number % 100 === 0 ? 50 : 30, time: number, msg: `line ${number}` }))
  assert.deepEqual(
    recent.read({ limit: 2 }).map(({ number }) => number),
    [1_499, 1_500],
  )
  assert.equal(recent.read({ limit: 5_000 }).length, 1_000)
  assert.equal(recent.read({ level: 50, limit: 100 }).length, 10)
  assert.deepEqual(
    recent.read({ text: 'LINE 1499', limit: 10 }).map(({ message }) => message),
    ['line 1499'],
  )
  assert.deepEqual(recent.read({ after: 1_499, limit: 10 }).length, 1)
})
