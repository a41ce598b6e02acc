import { test } from 'node:test'
import { given } from '../../../test/specification/decider.ts'
import { event } from '../../kernel/event.ts'
import type { LocationEvents } from './events.ts'
import { location } from './location.ts'

const at = '2026-03-02T08:00:00.000Z'
const locationId = 'baixa'
const details = { name: 'Loja da Baixa', kind: 'shop', tills: 2, address: 'Av. 25 de Setembro' } as const
const fact = <K extends keyof LocationEvents & string>(type: K, data: LocationEvents[K]) => event(type, data)
const opened = fact('LocationOpened', { locationId, code: 'BX', ...details, at })
const closed = fact('LocationClosed', { locationId, at })

test('a location is opened once', () => {
  given(location).when('OpenLocation', opened.data).then([opened])
  given(location, [opened]).when('OpenLocation', opened.data).thenRejected('already-registered', { locationId })
})

test('a location gets another name and more tills; what it has already changes nothing', () => {
  const change = { locationId, ...details, name: 'Loja central', tills: 3, at }
  given(location, [opened])
    .when('ChangeLocation', change)
    .then([event('LocationChanged', change)])
  given(location, [opened])
    .when('ChangeLocation', { locationId, ...details, at })
    .thenNothing()
})

test('a closed location is not changed, and closing it again changes nothing', () => {
  given(location, [opened]).when('CloseLocation', { locationId, at }).then([closed])
  given(location, [opened, closed])
    .when('ChangeLocation', { locationId, ...details, at })
    .thenRejected('location-closed', { locationId })
  given(location, [opened, closed]).when('CloseLocation', { locationId, at }).thenNothing()
})

test('a location that was never opened is neither changed nor closed', () => {
  given(location)
    .when('ChangeLocation', { locationId, ...details, at })
    .thenRejected('unknown-location', { locationId })
  given(location).when('CloseLocation', { locationId, at }).thenRejected('unknown-location', { locationId })
})
