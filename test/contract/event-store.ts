// The contract of the event-store port: what every adapter must do. The log may be shared with others and need not be empty.
import { describe } from 'node:test'
import type { EventStore } from '../../src/kernel/event-store.ts'
import { appendContract } from './event-store-append.ts'
import { readContract } from './event-store-read.ts'
import { repetitionContract } from './event-store-repetition.ts'
import { subscribeContract } from './event-store-subscribe.ts'
import type { Open } from './opened.ts'

/** Registers the tests of the event-store port for one adapter. */
export function eventStoreContract(name: string, open: Open<EventStore>): void {
  describe(`${name} as an event store`, () => {
    appendContract(open)
    repetitionContract(open)
    readContract(open)
    subscribeContract(open)
  })
}
