// Claims keep names unique over the whole log: a SKU, a barcode, a login, an open till. One stream a name.
import { type DataOf, events, v1 } from '../../kernel/event.ts'
import { id, text } from '../values.ts'

export const claimEvents = events('claim', {
  NameClaimed: v1({ kind: text, name: text, holder: id }),
  NameReleased: v1({ kind: text, name: text, holder: id }),
})
export type ClaimEvents = DataOf<typeof claimEvents>
