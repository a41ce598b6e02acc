import { test } from 'node:test'
import { given } from '../../../test/specification/decider.ts'
import { event } from '../../kernel/event.ts'
import type { SealEvents } from './events.ts'
import { seals } from './seals.ts'

const at = '2026-03-02T08:00:00.000Z'
const fact = <K extends keyof SealEvents & string>(type: K, data: SealEvents[K]) => event(type, data)
const nobody = { previousKeyId: null, previous: null, signature: null, at }
const first = fact('SealingKeyIntroduced', { keyId: 'k1', publicKey: 'AAAA', ...nobody })
const seal = (size: number, previous: SealEvents['LogSealed']['previous'], keyId = 'k1') =>
  fact('LogSealed', { size, root: `AAA${size}`, previous, fingerprints: '', keyId, signature: 'AAAA', at })
const headOf = ({ data: { size, root } }: ReturnType<typeof seal>) => ({ size, root })

const two = seal(2, null)
const five = seal(5, headOf(two))

test('a seal builds on the one before it, and adds something', () => {
  given(seals, [first]).when('SealLog', two.data).then([two])
  given(seals, [first, two]).when('SealLog', five.data).then([five])
  given(seals, [first, five]).when('SealLog', five.data).thenRejected('seal-outdated', { size: 5 })
  given(seals, [first, two])
    .when('SealLog', seal(2, headOf(two)).data)
    .thenRejected('seal-outdated', { size: 2 })
  given(seals, [first, two]).when('SealLog', seal(5, null).data).thenRejected('seal-outdated', { size: 2 })
})

test('only the key that was introduced last seals', () => {
  given(seals).when('SealLog', two.data).thenRejected('seal-outdated', { size: 0 })
  given(seals, [first])
    .when('SealLog', seal(2, null, 'k2').data)
    .thenRejected('seal-outdated', { size: 0 })
})

test('a new key follows the one in use, and seals go on from the last', () => {
  const second = fact('SealingKeyIntroduced', {
    ...{ keyId: 'k2', publicKey: 'BBBB', signature: 'AAAA', at },
    ...{ previousKeyId: 'k1', previous: headOf(two) },
  })
  given(seals, [first, two]).when('IntroduceSealingKey', second.data).then([second])
  given(seals, [first, two, second])
    .when('SealLog', seal(5, headOf(two), 'k2').data)
    .then([seal(5, headOf(two), 'k2')])
  given(seals, [first, two, second])
    .when('IntroduceSealingKey', second.data)
    .thenRejected('key-outdated', { keyId: 'k2' })
})
