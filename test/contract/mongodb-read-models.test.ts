// The read models in MongoDB against the contract of their port.
import { describe } from 'node:test'
import { inMongo, newMongo, noMongo } from './mongodb.ts'
import { readModelsContract } from './read-models.ts'

const url = await newMongo()

describe('documents in MongoDB', { skip: noMongo }, () =>
  readModelsContract(
    'MongoDB',
    inMongo(url, ({ models }) => models),
  ),
)
