// The table of what is pushed, over the golden event of every type: each message follows its schema, and nothing personal is in any.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { catalogues } from '../domain/events.ts'
import type { EventSchema, RecordedEvent } from '../kernel/event.ts'
import { messageOf, pushedTypes } from './messages.ts'
import { outgoingOf } from './outgoing.ts'
import { messageSchema } from './schemas.ts'

const golden = join(import.meta.dirname, '../../test/golden')
const types: ReadonlyMap<string, EventSchema> = new Map(catalogues.flatMap(({ types }) => Object.entries(types)))

const recorded = (type: string, { version }: EventSchema): RecordedEvent => ({
  id: 'event',
  type,
  stream: 'stream',
  revision: 0n,
  position: 7n,
  recordedAt: '2026-03-02T08:15:00.000Z',
  schema: version,
  data: JSON.parse(readFileSync(join(golden, `${type}.v${version}.json`), 'utf8')),
  metadata: { actor: 'person:ana', correlationId: 'request' },
})

test('every message follows the schema of its event, in each of its rooms', () => {
  for (const type of pushedTypes) {
    const schema = types.get(type)
    assert(schema, `${type} is declared`)
    const event = recorded(type, schema)
    const message = messageOf(event)
    assert(message, type)
    for (const room of message.rooms) {
      const sent: unknown = JSON.parse(outgoingOf(event, message).text(room))
      assert.deepEqual(messageSchema(message.event).parse(sent), sent, type)
    }
  }
})

test('no message carries what an event keeps as personal', () => {
  for (const type of pushedTypes) {
    const schema = types.get(type)
    const event = schema && recorded(type, schema)
    const message = event && messageOf(event)
    if (!message) continue
    const data = event.data as Readonly<Record<string, unknown>>
    const told = JSON.stringify(message.data)
    for (const field of schema.personalFields)
      assert(!Object.hasOwn(message.data, field) && !told.includes(JSON.stringify(data[field])), `${type} ${field}`)
  }
})

test('what is said to all needs a permission; only what is addressed to people by name does not', () => {
  for (const type of pushedTypes) {
    const schema = types.get(type)
    const message = schema && messageOf(recorded(type, schema))
    if (!message) continue
    const named = message.rooms.filter((room) => room.startsWith('user:'))
    assert(named.length === 0 || named.length === message.rooms.length, `${type}: user rooms stand alone`)
    assert(named.length > 0 || message.needs !== undefined, `${type} needs a permission`)
  }
})

test('what nobody is told of is not pushed', () => {
  for (const type of ['PasswordChanged', 'SessionStarted', 'LoginFailed', 'PersonAdded', 'NameClaimed'])
    assert(!pushedTypes.includes(type), type)
})
