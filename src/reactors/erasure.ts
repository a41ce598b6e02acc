// Completes erasures: the key is destroyed by whoever erases; should a crash fall between the recorded fact and that, this does it.
import type { Passwords } from '../auth/passwords.ts'
import type { DomainEvents } from '../domain/events.ts'
import type { Vault } from '../kernel/vault.ts'
import { defineReactor, type Reactor } from '../subscribers/reactor.ts'

/** Destroys what is kept beside the log of a person or customer who was erased. Doing it again changes nothing. */
export const erasure = ({ vault, passwords }: { readonly vault: Vault; readonly passwords: Passwords }): Reactor =>
  defineReactor<DomainEvents>('erasure', {
    from: 'start',
    on: {
      CustomerErased: ({ data }) => vault.erase(data.customerId),
      async PersonErased({ data }) {
        await vault.erase(data.personId)
        await passwords.forget(data.personId)
      },
    },
  })
