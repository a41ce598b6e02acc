// The protocol's document against the schema that the AsyncAPI Initiative publishes.
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import { mainEvents, topics } from '../../client/push/protocol.ts'
import { asyncApiDocument } from './asyncapi.ts'

test('the document is AsyncAPI 3, and has every message', () => {
  const ajv = new Ajv({ strict: false, allErrors: true })
  formats.default(ajv)
  const schema: object = createRequire(import.meta.url)('@asyncapi/specs/schemas/3.0.0-without-$id.json')
  // biome-ignore lint/suspicious/noExplicitAny: a document that is walked through by its references
  const document: any = JSON.parse(JSON.stringify(asyncApiDocument()))
  const isValid: boolean = ajv.validate(schema, document)
  assert(isValid, JSON.stringify(ajv.errors?.slice(0, 3), undefined, 1))
  const named = Object.keys(document.components.messages)
  for (const name of [...mainEvents, ...topics, 'said', 'subscribed', 'reconnect']) assert(named.includes(name), name)
  for (const [, reference] of JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)) {
    const target = (reference ?? '').split('/').reduce((part, name) => part?.[name], document)
    assert(target, `${reference} is not there`)
  }
})
