// The witness: somebody outside who is told of each seal as it is made, so that the log cannot be rewritten with its seals behind everybody's back.
import type { DomainEvents } from '../domain/events.ts'
import { defineReactor, type Reactor } from '../subscribers/reactor.ts'
import type { SigningKeys } from './signing-keys.ts'
import { testify, testimonyText } from './testimony.ts'

/** A witness has this long to answer, in milliseconds. */
const patience = 10_000

/** The witness did not take a seal; it is told again, and an administrator sees it if it never does. */
export class WitnessError extends Error {
  readonly code = 'witness-refused'
  constructor(url: string, status: number) {
    super(`the witness at ${new URL(url).origin} answered ${status}`)
    this.name = 'WitnessError'
  }
}

export interface WitnessOptions {
  readonly url: string
  readonly keys: SigningKeys
}

/**
 * Posts each seal to a URL: canonical JSON of its size, root, previous seal, key and time, with the headers `caminho-key-id` and
 * `caminho-signature` (Ed25519 over the body, base64). A 2xx means that it has been kept.
 */
export const sealWitness = ({ url, keys }: WitnessOptions): Reactor =>
  defineReactor<DomainEvents>('seal-witness', {
    on: {
      LogSealed: async ({ id, data }, { signal }) => {
        const { testimony, signature } = await testify(keys, id, data)
        const response = await fetch(url, {
          method: 'POST',
          body: testimonyText(testimony),
          redirect: 'error',
          signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]),
          headers: {
            'content-type': 'application/json',
            'caminho-key-id': testimony.keyId,
            'caminho-signature': signature,
          },
        })
        await response.body?.cancel()
        if (!response.ok) throw new WitnessError(url, response.status)
      },
    },
  })
