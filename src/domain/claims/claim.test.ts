import { test } from 'node:test'
import { given } from '../../../test/specification/decider.ts'
import { event } from '../../kernel/event.ts'
import { claim } from './claim.ts'

const byRice = { kind: 'sku', name: 'arroz-1kg', holder: 'rice' }
const byBeans = { ...byRice, holder: 'beans' }
const claimed = event('NameClaimed', byRice)
const released = event('NameReleased', byRice)

test('a free name is claimed', () => given(claim).when('ClaimName', byRice).then([claimed]))

test('a name that another holds is refused, and says who holds it', () =>
  given(claim, [claimed]).when('ClaimName', byBeans).thenRejected('name-taken', byRice))

test('the holder may claim again without effect', () => given(claim, [claimed]).when('ClaimName', byRice).thenNothing())

test('a released name is free for others', () => {
  given(claim, [claimed]).when('ReleaseName', byRice).then([released])
  given(claim, [claimed, released])
    .when('ClaimName', byBeans)
    .then([event('NameClaimed', byBeans)])
})

test('nobody releases the name of another', () => {
  given(claim, [claimed]).when('ReleaseName', byBeans).thenNothing()
  given(claim).when('ReleaseName', byRice).thenNothing()
})
