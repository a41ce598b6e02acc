import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { eventsPage } from './make-events.ts'

test('docs/events.md tells what the schemas say (if not: npm run docs)', () =>
  assert.equal(readFileSync(join(import.meta.dirname, 'events.md'), 'utf8'), eventsPage()))
