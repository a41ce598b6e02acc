// Who may listen: an access token that is good, of a person who is, with the departments that the log gives them now.
import type { Revocations } from '../auth/revocations.ts'
import type { AccessClaims, Tokens } from '../auth/tokens.ts'
import type { CommandHandling, Context } from '../commands/handling.ts'
import { person } from '../domain/people/person.ts'
import type { Hub } from './hub.ts'
import type { Who } from './rooms.ts'

export interface Admitted {
  readonly who: Who
  /** Milliseconds since 1970 at which their token expires. */
  readonly until: number
}

/** Called in the turn in which they are found good: whatever changes after that finds them inside. */
export type Enter<Result> = (admitted: Admitted) => Result

export interface Admission {
  /** What `enter` gives; undefined, and it is not called, for a token that is not good. */
  byToken<Result>(token: string, enter: Enter<Result>): Promise<Result | undefined>
  /** For a caller whose token has been read. */
  byClaims<Result>(claims: AccessClaims, enter: Enter<Result>): Promise<Result | undefined>
}

export interface AdmissionOptions {
  readonly tokens: Tokens
  readonly revocations: Revocations
  readonly commands: CommandHandling
  readonly hub: Hub
  readonly self: (part: string) => Context
}

/** Lets people in to a hub. */
export function openAdmission({ tokens, revocations, commands, hub, self }: AdmissionOptions): Admission {
  const byClaims = async <Result>(claims: AccessClaims, enter: Enter<Result>): Promise<Result | undefined> => {
    // First this: what changes after it is heard of, and judged with those who are in.
    await hub.open()
    const known = await commands.execute<readonly string[] | null>(self('push'), (unit) => {
      const state = unit.state(person, claims.sub)
      return 'role' in state && state.status === 'active' ? state.departments : null
    })
    if (known.rejected || known.value === null || revocations.refuses(claims)) return undefined
    const departments = hub.departmentsOf(claims.sub) ?? known.value
    const who = { personId: claims.sub, sessionId: claims.sid, role: claims.role, departments }
    return enter({ who, until: claims.exp * 1000 })
  }

  return {
    byClaims,
    async byToken(token, enter) {
      const claims = await tokens.readAccess(token)
      return claims && byClaims(claims, enter)
    },
  }
}
