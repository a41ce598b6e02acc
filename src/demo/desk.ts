// The demo company's desk: the real commands, on a clock and with ids that the script sets.
import { v7 as uuidv7 } from 'uuid'
import type { Context, Outcome } from '../commands/handling.ts'
import type { PeopleDesk } from '../commands/people.ts'
import type { Random } from './random.ts'

export interface DemoDesk extends PeopleDesk {
  /** Moves the clock; it never goes back. */
  setClock(to: Date): void
}

/** A desk like the given one whose time and ids repeat themselves. */
export function demoDesk(desk: PeopleDesk, start: Date, random: Random): DemoDesk {
  let now = start
  return {
    commands: desk.commands,
    accountKey: desk.accountKey,
    now: () => now,
    newId: () =>
      uuidv7({ msecs: now.getTime(), random: Uint8Array.from({ length: 16 }, () => random.between(0, 255)) }),
    setClock(to) {
      if (to > now) now = to
    },
  }
}

export const by = (personId: string): Context => ({ actor: `person:${personId}`, correlationId: uuidv7() })

/** What a command of the script answered. @throws when it was refused, which is a mistake of the script */
export async function done<Answer>(outcome: Promise<Outcome<Answer>>): Promise<Answer> {
  const ended = await outcome
  if (ended.rejected) throw new Error(`the demo's command was refused: ${ended.code} ${JSON.stringify(ended.details)}`)
  return ended.value
}
