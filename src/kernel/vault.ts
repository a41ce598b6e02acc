// The vault of personal keys: one AES-256 key a person, wrapped by a master key. Destroying a key makes the person's data unreadable everywhere.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { SealBrokenError } from './errors.ts'
import type { KeyValueStore } from './key-value.ts'

const space = 'personal-keys'
const wrappedKey = z.object({ wrapped: z.string() })

/** Encrypts with AES-256-GCM (NIST SP 800-38D): base64 of nonce (12 bytes), tag (16) and ciphertext. `context` is authenticated, not stored. */
export function seal(key: Buffer, plain: string | Buffer, context: string): string {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context))
  const body = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64')
}

/** The inverse of `seal`; `what` it is, for the error. @throws SealBrokenError when key, context or text is not the one that was sealed. */
export function unseal(key: Buffer, sealed: string, context: string, what: string): Buffer {
  const bytes = Buffer.from(sealed, 'base64')
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12), { authTagLength: 16 })
    decipher.setAAD(Buffer.from(context)).setAuthTag(bytes.subarray(12, 28))
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()])
  } catch (cause) {
    throw new SealBrokenError(what, { cause })
  }
}

/** What stands in the place of a destroyed key. */
const destroyed = { wrapped: '' }

/** Those whose keys were destroyed. */
export async function* erasedIn(store: KeyValueStore): AsyncGenerator<string> {
  for (let after = ''; ; ) {
    const page = await store.list(space, { after, limit: 1_000 })
    for (const { key, value } of page) if (wrappedKey.parse(value).wrapped === destroyed.wrapped) yield key
    const last = page.at(-1)
    if (!last) return
    after = last.key
  }
}

/** A destroyed key as an entry, for a store that is filled from elsewhere. */
export const erasedEntry = (person: string) => ({ space, key: person, value: destroyed })

export interface Vault {
  /** The person's key, made and kept on first use. */
  keyFor(person: string): Promise<Buffer>
  /** The keys of those persons who have one; an erased person has none. */
  keysOf(persons: readonly string[]): Promise<ReadonlyMap<string, Buffer>>
  /** Destroys the person's key. From then on nobody gets one under this id: what is written about them later reads as null too. */
  erase(person: string): Promise<void>
}

/** A vault over a key-value store. `masterKey`: 32 bytes. Nothing is cached, so that an erasure holds at once in every process. */
export function openVault(store: KeyValueStore, masterKey: Buffer): Vault {
  if (masterKey.length !== 32) throw new TypeError('the master key must have 32 bytes')
  const unwrap = (person: string, value: unknown): Buffer | undefined => {
    const { wrapped } = wrappedKey.parse(value)
    return wrapped === destroyed.wrapped ? undefined : unseal(masterKey, wrapped, person, `the key of person ${person}`)
  }

  return {
    async keyFor(person) {
      const fresh = randomBytes(32)
      const made = await store.put(space, person, { wrapped: seal(masterKey, fresh, person) }, { expected: 0 })
      if (made !== undefined) return fresh
      const entry = await store.get(space, person)
      // An erased person's later data is sealed with a key that nobody keeps.
      return (entry && unwrap(person, entry.value)) ?? fresh
    },

    async keysOf(persons) {
      const keys = new Map<string, Buffer>()
      for (const { key: person, value } of await store.getMany(space, persons)) {
        const key = unwrap(person, value)
        if (key) keys.set(person, key)
      }
      return keys
    },

    async erase(person) {
      await store.delete(space, person)
      await store.put(space, person, destroyed)
    },
  }
}
