// The private keys that sign seals: in the key-value store, wrapped by the master key. The log has the public ones.
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { z } from 'zod'
import type { KeyValueStore } from '../kernel/key-value.ts'
import { seal, unseal } from '../kernel/vault.ts'
import { keyIdOf } from './statement.ts'

const space = 'sealing-keys'
const wrappedKey = z.object({ sealed: z.string() })

export interface SigningKey {
  readonly keyId: string
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
}

/** A key was used that this company does not have (any more): restore the key-value store, or introduce a new key. */
export class SigningKeyMissingError extends Error {
  readonly code = 'sealing-key-missing'
  constructor(keyId: string) {
    super(`the sealing key ${keyId} is not in the key store; restore it from a backup`)
    this.name = 'SigningKeyMissingError'
  }
}

export interface SigningKeys {
  /** Makes a key and keeps it; it signs nothing until the log has introduced it. */
  make(): Promise<SigningKey>
  /** @throws SigningKeyMissingError */
  find(keyId: string): Promise<SigningKey>
}

const pairOf = (privateKey: KeyObject): SigningKey => {
  const publicKey = createPublicKey(privateKey)
  return { keyId: keyIdOf(publicKey), privateKey, publicKey }
}

/** The keys in a store. `masterKey`: 32 bytes. */
export function openSigningKeys(keyValue: KeyValueStore, masterKey: Buffer): SigningKeys {
  return {
    async make() {
      const key = pairOf(generateKeyPairSync('ed25519').privateKey)
      const der = key.privateKey.export({ type: 'pkcs8', format: 'der' })
      await keyValue.put(space, key.keyId, { sealed: seal(masterKey, der, `${space}/${key.keyId}`) }, { expected: 0 })
      return key
    },
    async find(keyId) {
      const entry = await keyValue.get(space, keyId)
      if (!entry) throw new SigningKeyMissingError(keyId)
      const { sealed } = wrappedKey.parse(entry.value)
      const der = unseal(masterKey, sealed, `${space}/${keyId}`, `the sealing key ${keyId}`)
      return pairOf(createPrivateKey({ key: der, type: 'pkcs8', format: 'der' }))
    },
  }
}
