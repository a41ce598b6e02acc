// Golden files: an example of every version of every event ever written. Whatever changes, today's code must still read them.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { catalogues } from '../../src/domain/events.ts'
import { typesOf, upcast } from '../../src/kernel/codec.ts'

const types = typesOf(catalogues)
const goldenName = (type: string, version: number): string => `${type}.v${version}.json`
const declared = [...types].flatMap(([type, { version }]) =>
  Array.from({ length: version }, (_, older) => ({ type, version: older + 1 })),
)

test('every version of every event has its golden file, and there is no other', () => {
  const files = readdirSync(import.meta.dirname).filter((file) => /\.v\d+\.json$/.test(file))
  const expected = declared.map(({ type, version }) => goldenName(type, version))
  assert.deepEqual(files.sort(), expected.sort())
})

for (const { type, version } of declared)
  test(`${type} as version ${version} wrote it is read as today's`, () => {
    const schema = types.get(type)
    const written: unknown = JSON.parse(readFileSync(join(import.meta.dirname, goldenName(type, version)), 'utf8'))
    const read = schema?.schema.safeParse(upcast(schema, version, written))
    assert.ok(read?.success, read?.error?.message)
    assert.deepEqual(JSON.parse(JSON.stringify(read.data)), read.data, 'it is JSON, as the log keeps it')
  })
