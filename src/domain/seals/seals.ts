// The rules of the seals: each builds on the one before it, and is signed by the key that was introduced last.
import { type Decider, reject } from '../../kernel/decider.ts'
import { event } from '../../kernel/event.ts'
import { type SealEvents, sealEvents } from './events.ts'

export type SealCommands = {
  SealLog: SealEvents['LogSealed']
  IntroduceSealingKey: SealEvents['SealingKeyIntroduced']
}

/** The tree of the last seal and the key in use; null before the first. */
export type Seals = { readonly previous: SealEvents['LogSealed']['previous']; readonly keyId: string | null }

/** There is one stream of seals: `seal-log`. */
export const sealsId = 'log'

const same = (a: Seals['previous'], b: Seals['previous']) => a?.size === b?.size && a?.root === b?.root

/** `seal-outdated`, `key-outdated`: another seal or key came first; look again and sign anew. */
export const seals: Decider<SealCommands, SealEvents, Seals> = {
  events: sealEvents,
  initial: { previous: null, keyId: null },
  fromLastEvent: true,

  decide: {
    SealLog: ({ previous, keyId }, seal) =>
      same(previous, seal.previous) && keyId === seal.keyId && seal.size > (previous?.size ?? 0)
        ? [event('LogSealed', seal)]
        : reject('seal-outdated', { size: previous?.size ?? 0 }),
    IntroduceSealingKey: ({ previous, keyId }, key) =>
      same(previous, key.previous) && keyId === key.previousKeyId
        ? [event('SealingKeyIntroduced', key)]
        : reject('key-outdated', { keyId }),
  },

  evolve: {
    LogSealed: (_, { size, root, keyId }) => ({ previous: { size, root }, keyId }),
    SealingKeyIntroduced: (_, { previous, keyId }) => ({ previous, keyId }),
  },
}
