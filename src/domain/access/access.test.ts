import { test } from 'node:test'
import { given } from '../../../test/specification/decider.ts'
import { event } from '../../kernel/event.ts'
import { access } from './access.ts'

const viewed = (at: string) =>
  event('PersonalDataViewed', {
    viewerId: 'ana',
    kind: 'customer' as const,
    subjectId: 'c1',
    hour: at.slice(0, 13),
    at,
  })
const asked = (at: string) => ({ viewerId: 'ana', kind: 'customer' as const, subjectId: 'c1', at })

test('looking is recorded once in each hour', () => {
  const first = viewed('2026-03-02T08:15:00.000Z')
  given(access).when('ViewPersonalData', asked('2026-03-02T08:15:00.000Z')).then([first])
  given(access, [first]).when('ViewPersonalData', asked('2026-03-02T08:59:59.999Z')).thenNothing()
  const next = viewed('2026-03-02T09:00:00.000Z')
  given(access, [first]).when('ViewPersonalData', asked('2026-03-02T09:00:00.000Z')).then([next])
})
