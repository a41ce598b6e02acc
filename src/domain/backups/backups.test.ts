import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { given } from '../../../test/specification/decider.ts'
import { fold } from '../../kernel/decider.ts'
import { event } from '../../kernel/event.ts'
import { backups, baseFor, outdated } from './backups.ts'
import type { BackupEvents } from './events.ts'

const at = '2026-03-02T00:00:00.000Z'
const daysAfter = (days: number) => new Date(Date.parse(at) + days * 86_400_000)
const fact = <K extends keyof BackupEvents & string>(type: K, data: BackupEvents[K]) => event(type, data)
const archive = {
  bytes: 9,
  digest: 'ab'.repeat(32),
  events: 2,
  fromPosition: '-1',
  toPosition: '1',
  size: 2,
  root: 'cd'.repeat(32),
  peaks: ['cd'.repeat(32)],
}
const started = (backupId: string, baseId: string | null = null, day = 0) =>
  fact('BackupStarted', {
    backupId,
    kind: baseId === null ? 'full' : 'incremental',
    baseId,
    scheduled: true,
    by: 'system:backup',
    at: daysAfter(day).toISOString(),
  })
const completed = (backupId: string) => fact('BackupCompleted', { backupId, ...archive, at })
const failed = (backupId: string) => fact('BackupFailed', { backupId, code: 'unavailable', detail: '', at })
const removed = (backupId: string) => fact('BackupRemoved', { backupId, reason: 'asked', by: 'ana', at })
const made = (backupId: string, baseId: string | null = null, day = 0) => [
  started(backupId, baseId, day),
  completed(backupId),
]
const damaged = fact('BackupFoundDamaged', { backupId: 'a', code: 'damaged-archive', detail: '', by: 'ana', at })

test('one backup is made at a time', () => {
  given(backups)
    .when('StartBackup', started('a').data)
    .then([started('a')])
  given(backups, [started('a')])
    .when('StartBackup', started('b').data)
    .thenRejected('backup-running', { backupId: 'a' })
  given(backups, [started('a'), failed('a')])
    .when('StartBackup', started('b').data)
    .then([started('b')])
  given(backups, made('a'))
    .when('StartBackup', started('b').data)
    .then([started('b')])
})

test('an incremental backup builds on a full one that there is', () => {
  given(backups, made('a'))
    .when('StartBackup', started('b', 'a').data)
    .then([started('b', 'a')])
  given(backups).when('StartBackup', started('b', 'a').data).thenRejected('unknown-backup', { backupId: 'a' })
  given(backups, [...made('a'), ...made('b', 'a')])
    .when('StartBackup', started('c', 'b').data)
    .thenRejected('unknown-backup', { backupId: 'b' })
})

test('only the backup that is being made is completed or fails', () => {
  given(backups, [started('a')])
    .when('CompleteBackup', completed('a').data)
    .then([completed('a')])
  given(backups, [started('a')])
    .when('FailBackup', failed('a').data)
    .then([failed('a')])
  given(backups, made('a')).when('FailBackup', failed('a').data).thenNothing()
  given(backups, [started('a'), failed('a')])
    .when('CompleteBackup', completed('a').data)
    .thenNothing()
})

test('a full backup stays as long as another builds on it', () => {
  const both = [...made('a'), ...made('b', 'a')]
  given(backups, both)
    .when('RemoveBackup', removed('a').data)
    .thenRejected('backup-needed', { by: ['b'] })
  given(backups, both)
    .when('RemoveBackup', removed('b').data)
    .then([removed('b')])
  given(backups, [...both, removed('b')])
    .when('RemoveBackup', removed('a').data)
    .then([removed('a')])
  given(backups, [...made('a'), started('b', 'a')])
    .when('RemoveBackup', removed('a').data)
    .thenRejected('backup-needed', { by: ['b'] })
  given(backups).when('RemoveBackup', removed('a').data).thenRejected('unknown-backup', { backupId: 'a' })
})

test('an archive that was found takes the place of the backup that was being made when the log ended', () => {
  const found = fact('BackupFound', { backupId: 'a', kind: 'full', baseId: null, createdAt: at, ...archive, at })
  given(backups, [started('a')])
    .when('FindBackup', found.data)
    .then([found])
  given(backups, made('a')).when('FindBackup', found.data).thenNothing()
  given(backups, [started('a'), found])
    .when('StartBackup', started('b', 'a').data)
    .then([started('b', 'a')])
})

test('a scheduled backup builds on the last sound full one, until that is a week old', () => {
  const known = fold(backups, [...made('a'), ...made('b', 'a', 1)])
  assert.equal(baseFor(known, daysAfter(6))?.backupId, 'a')
  assert.equal(baseFor(known, daysAfter(7)), undefined)
  assert.equal(baseFor(fold(backups, [...made('a'), damaged]), daysAfter(1)), undefined)
  assert.equal(baseFor(backups.initial, daysAfter(0)), undefined)
})

test('of those that are too many, none is needed by one that is kept, and each can be removed in turn', () =>
  fc.assert(
    fc.property(
      fc.array(fc.record({ full: fc.boolean(), sound: fc.boolean() }), { maxLength: 40 }),
      fc.integer({ min: 1, max: 9 }),
      (wanted, keep) => {
        let base: string | null = null
        let state = backups.initial
        for (const [i, { full, sound }] of wanted.entries()) {
          const id = String(i)
          const builtOn: string | null = full ? null : base
          state = fold({ ...backups, initial: state }, made(id, builtOn))
          if (builtOn === null) base = id
          if (!sound)
            state = fold({ ...backups, initial: state }, [
              fact('BackupFoundDamaged', { ...damaged.data, backupId: id }),
            ])
        }
        const newest = state.known.filter(({ sound }) => sound).slice(-keep)
        for (const { backupId } of outdated(state, keep)) {
          const decided = backups.decide.RemoveBackup(state, removed(backupId).data)
          assert.ok(Array.isArray(decided), `${backupId} cannot be removed`)
          state = fold({ ...backups, initial: state }, decided)
        }
        const left = new Set(state.known.map(({ backupId }) => backupId))
        for (const { backupId, baseId } of newest) {
          assert.ok(left.has(backupId))
          assert.ok(baseId === null || left.has(baseId))
        }
      },
    ),
  ))
