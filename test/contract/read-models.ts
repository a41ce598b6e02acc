// The contract of the read-model port: what every adapter must do. Each test has a collection of its own; others may be there.
import { describe } from 'node:test'
import type { ReadModels } from '../../src/kernel/read-models.ts'
import type { Open } from './opened.ts'
import { documentsContract } from './read-models-documents.ts'
import { generationsContract } from './read-models-generations.ts'
import { queriesContract } from './read-models-queries.ts'

/** Registers the tests of the read-model port for one adapter. */
export function readModelsContract(name: string, open: Open<ReadModels>): void {
  describe(`${name} as read models`, () => {
    documentsContract(open)
    generationsContract(open)
    queriesContract(open)
  })
}
