// Passwords: argon2id with OWASP's parameters; the hashes live in the key-value store, never in the log.
import { hash, verify } from '@node-rs/argon2'
import { z } from 'zod'
import type { KeyValueStore } from '../kernel/key-value.ts'

const space = 'password'
const credential = z.object({ hash: z.string() })
// OWASP Password Storage Cheat Sheet: 19 MiB, 2 passes, 1 lane (argon2id is the library's default algorithm).
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** Characters of the shortest password that is accepted. */
export const shortestPassword = 10

/** What a password must be like: length is all that counts (NIST SP 800-63B). */
export const newPassword = z.string().min(shortestPassword).max(200)

export interface Passwords {
  set(person: string, password: string): Promise<void>
  /** False for a wrong password and, after the same work, for a person who has none. */
  matches(person: string | undefined, password: string): Promise<boolean>
  forget(person: string): Promise<void>
}

/** Passwords kept in a key-value store. */
export async function openPasswords(store: KeyValueStore): Promise<Passwords> {
  const decoy = await hash('nobody has this password', cost)
  return {
    async set(person, password) {
      await store.put(space, person, { hash: await hash(password, cost) })
    },
    async matches(person, password) {
      const entry = person === undefined ? undefined : await store.get(space, person)
      if (entry) return verify(credential.parse(entry.value).hash, password)
      await verify(decoy, password)
      return false
    },
    async forget(person) {
      await store.delete(space, person)
    },
  }
}
