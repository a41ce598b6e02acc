// The rules of claims: a name has one holder at a time.
import { type Decider, nothing, reject } from '../../kernel/decider.ts'
import { event } from '../../kernel/event.ts'
import { type ClaimEvents, claimEvents } from './events.ts'

export type ClaimCommands = {
  ClaimName: ClaimEvents['NameClaimed']
  ReleaseName: ClaimEvents['NameReleased']
}

/** `holder` is null while the name is free. */
export type Claim = { readonly holder: string | null }

/** The id of the claim on a name of a kind, such as a SKU. Names that count as the same must be written the same by the caller. */
export const claimId = (kind: string, name: string): string => `${kind}:${name}`

/**
 * ClaimName: `name-taken` { kind, name, holder } when another holds it; nothing for the holder.
 * ReleaseName: nothing unless by the holder, so that a late release never frees another's name.
 */
export const claim: Decider<ClaimCommands, ClaimEvents, Claim> = {
  events: claimEvents,
  initial: { holder: null },

  decide: {
    ClaimName: ({ holder }, claimed) => {
      if (holder === claimed.holder) return nothing
      if (holder !== null) return reject('name-taken', { kind: claimed.kind, name: claimed.name, holder })
      return [event('NameClaimed', claimed)]
    },
    ReleaseName: ({ holder }, released) => (holder === released.holder ? [event('NameReleased', released)] : nothing),
  },

  evolve: {
    NameClaimed: (_, { holder }) => ({ holder }),
    NameReleased: () => ({ holder: null }),
  },
}
