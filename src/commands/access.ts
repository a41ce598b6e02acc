// Recording who looks at personal data.
import { access, accessId } from '../domain/access/access.ts'
import type { AccessEvents } from '../domain/access/events.ts'
import { type Context, type Desk, personIn } from './handling.ts'

type Viewed = Pick<AccessEvents['PersonalDataViewed'], 'kind' | 'subjectId'>

/** Records that the person of the context looks at something; at most once an hour for each of them and what they look at. */
export const recordView = ({ commands, now }: Desk, { kind, subjectId }: Viewed, context: Context) =>
  commands.execute(context, (unit) => {
    const viewerId = personIn(context)
    unit.decide(access, accessId(viewerId, kind, subjectId), 'ViewPersonalData', {
      viewerId,
      kind,
      subjectId,
      at: now().toISOString(),
    })
    return {}
  })
