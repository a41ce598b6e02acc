// The golden file of the read models: how each lies in its store, by the version that its documents bear.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { projections } from '../../projections/index.ts'
import type { Collection } from '../../src/kernel/read-models.ts'

type Declared = Pick<Collection, 'name' | 'version' | 'indexes' | 'search'>

const file = join(import.meta.dirname, 'projections.json')
const known: readonly Declared[] = JSON.parse(readFileSync(file, 'utf8'))
const declared = projections.map(
  ({ name, version, indexes, search }): Declared => ({ name, version, indexes, ...(search && { search }) }),
)

for (const current of declared)
  test(`${current.name} is found by what its version ${current.version} declares, so that documents at hand can be served`, () => {
    const golden = known.find(({ name }) => name === current.name)
    const changed = JSON.stringify({ ...golden, version: 0 }) !== JSON.stringify({ ...current, version: 0 })
    assert.ok(
      !changed || golden?.version !== current.version,
      `the indexes or search of ${current.name} have changed: raise its version and update test/golden/projections.json`,
    )
  })

test('the golden file knows every read model as it is, and no other', () => assert.deepEqual(known, declared))
