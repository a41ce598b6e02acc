import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { type Decider, nothing, reject } from '../../src/kernel/decider.ts'
import { type DataOf, event, events, v1 } from '../../src/kernel/event.ts'
import { given } from './decider.ts'

const lampEvents = events('lamp', { LampLit: v1({ by: z.string() }), LampWentOut: v1({}) })
interface LampCommands {
  LightLamp: { readonly by: string }
  PutOutLamp: { readonly reason?: string }
}
const lamp: Decider<LampCommands, DataOf<typeof lampEvents>, { lit: boolean }> = {
  events: lampEvents,
  initial: { lit: false },
  decide: {
    LightLamp: ({ lit }, { by }) => (lit ? reject('lamp-burns', { by }) : [event('LampLit', { by })]),
    PutOutLamp: (state, { reason }) => {
      if (reason === 'by stealth') state.lit = false
      if (reason === 'wrongly') return [event('LampLit', { by: 1 as unknown as string })]
      return state.lit ? [event('LampWentOut', {})] : nothing
    },
  },
  evolve: { LampLit: () => ({ lit: true }), LampWentOut: () => ({ lit: false }) },
}
const lit = event('LampLit', { by: 'Ana' })

test('a decider is specified by given, when and then', () => {
  given(lamp).when('LightLamp', { by: 'Ana' }).then([lit])
  given(lamp, [lit]).when('LightLamp', { by: 'Rui' }).thenRejected('lamp-burns', { by: 'Rui' })
  given(lamp, [lit, event('LampWentOut', {})])
    .when('PutOutLamp', {})
    .thenNothing()
})

test('a specification fails where the rules decide otherwise', () => {
  assert.throws(() => given(lamp, [lit]).when('LightLamp', { by: 'Rui' }).then([lit]))
  assert.throws(() => given(lamp).when('LightLamp', { by: 'Rui' }).thenRejected('lamp-burns'))
  assert.throws(() => given(lamp, [lit]).when('LightLamp', { by: 'Rui' }).thenRejected('other'))
  assert.throws(() => given(lamp, [lit]).when('PutOutLamp', {}).thenNothing())
})

test('a specification fails where a rule changes the state or decides an event that breaks its schema', () => {
  assert.throws(() => given(lamp, [lit]).when('PutOutLamp', { reason: 'by stealth' }), TypeError)
  assert.throws(() => given(lamp, [lit]).when('PutOutLamp', { reason: 'wrongly' }), /does not follow its schema/)
})
