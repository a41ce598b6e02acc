// The way in and out: passwords against attempts, tokens for a session, their renewal and their end. Every step is an event.
import type { CommandHandling, Context, Outcome } from '../commands/handling.ts'
import { claim, claimId } from '../domain/claims/claim.ts'
import { person } from '../domain/people/person.ts'
import { loginAttempts } from '../domain/sessions/attempts.ts'
import type { SessionEvents } from '../domain/sessions/events.ts'
import { session } from '../domain/sessions/session.ts'
import type { Role } from '../domain/values.ts'
import { type Rejection, reject } from '../kernel/decider.ts'
import { type CountAttempts, countAttempts } from './attempts.ts'
import type { Passwords } from './passwords.ts'
import { accessSeconds, type Tokens } from './tokens.ts'

export interface Issued {
  readonly personId: string
  readonly sessionId: string
  readonly accessToken: string
  readonly refreshToken: string
  /** Seconds that the access token is good for. */
  readonly expiresIn: number
}

export interface Credentials {
  readonly email: string
  readonly password: string
  /** Where from: the caller's network address and browser, kept as personal data. */
  readonly address: string | null
  readonly userAgent: string | null
}

export interface Login {
  /** Rejections: `wrong-credentials`, the same whatever was wrong; `too-many-attempts` { retryAfter } in seconds. */
  signIn(credentials: Credentials, context: Context): Promise<Outcome<Issued>>
  /** Rejections: `session-over`, for a token that is not valid (any more). */
  refresh(refreshToken: string, context: Context): Promise<Outcome<Issued>>
  signOut(sessionId: string, context: Context): Promise<void>
  revoke(
    sessionId: string,
    reason: SessionEvents['SessionRevoked']['reason'],
    context: Context,
  ): Promise<Outcome<object>>
}

export interface LoginOptions {
  readonly commands: CommandHandling
  readonly passwords: Passwords
  readonly tokens: Tokens
  readonly accountKey: (email: string) => string
  readonly newId: () => string
  readonly now: () => Date
  /** Default: each node counts for itself. */
  readonly attempts?: CountAttempts
}

/** Failures of one account from one address, and of one address over all accounts, before the next attempt has to wait. */
const limits = { perAccount: 10, perAddress: 100, seconds: 15 * 60 }

interface Account {
  readonly personId: string
  readonly role: Role
  readonly active: boolean
}

export function openLogin({
  commands,
  passwords,
  tokens,
  accountKey,
  newId,
  now,
  attempts = countAttempts,
}: LoginOptions): Login {
  const { perAccount, perAddress, seconds } = limits
  const ofAccount = attempts({ name: 'account', failures: perAccount, seconds })
  const ofAddress = attempts({ name: 'address', failures: perAddress, seconds })

  const at = () => now().toISOString()
  /** Tokens are not answers to be repeated: whoever repeats a request has to have the right to them then, not before. */
  const once = ({ request: _unused, ...context }: Context): Context => context

  const accountOf = async (key: string, context: Context): Promise<Account | undefined> => {
    const found = await commands.execute<Account | null>(context, (unit) => {
      const { holder } = unit.state(claim, claimId('email', key))
      const known = holder === null ? undefined : unit.state(person, holder)
      return holder !== null && known && 'role' in known
        ? { personId: holder, role: known.role, active: known.status === 'active' }
        : null
    })
    return found.rejected ? undefined : (found.value ?? undefined)
  }

  const refuse = async (key: string, from: Credentials, context: Context, active: boolean): Promise<Rejection> => {
    const failure = {
      accountKey: key,
      address: from.address,
      reason: active ? 'credentials' : 'deactivated',
      at: at(),
    } as const
    await commands.execute(context, (unit) => {
      unit.decide(loginAttempts, key, 'RecordFailure', failure)
      return {}
    })
    return reject('wrong-credentials')
  }

  /** `decided`: when it was decided; what is revoked later than that refuses the token. */
  const issue = async (
    { personId, role }: Pick<Account, 'personId' | 'role'>,
    { sessionId, generation, decided }: { sessionId: string; generation: number; decided: Date },
  ): Promise<Issued> => {
    const [accessToken, refreshToken] = await Promise.all([
      tokens.access({ sub: personId, sid: sessionId, role }, decided),
      tokens.refresh({ sub: personId, sid: sessionId, generation }),
    ])
    return { personId, sessionId, accessToken, refreshToken, expiresIn: accessSeconds }
  }

  const revoke: Login['revoke'] = (sessionId, reason, context) =>
    commands.execute(context, (unit) => {
      unit.decide(session, sessionId, 'RevokeSession', { sessionId, reason, at: at() })
      return {}
    })

  return {
    async signIn(credentials, asked) {
      const context = once(asked)
      const { email, password, address, userAgent } = credentials
      const key = accountKey(email)
      const waits = await Promise.all([ofAccount.begin(`${key} ${address}`), ofAddress.begin(address)])
      const retryAfter = Math.max(...waits)
      if (retryAfter > 0) return reject('too-many-attempts', { retryAfter })
      const account = await accountOf(key, context)
      const matches = await passwords.matches(account?.personId, password)
      if (!account || !matches || !account.active) return refuse(key, credentials, context, account?.active ?? true)

      const sessionId = newId()
      const { personId } = account
      const started = await commands.execute({ ...context, actor: `person:${personId}` }, (unit) => {
        // Checking a password takes a while: their role, and whether they may come in at all, are as of now.
        const known = unit.state(person, personId)
        if (!('role' in known) || known.status !== 'active') return reject('wrong-credentials')
        const decided = now()
        const origin = { address, userAgent, at: decided.toISOString() }
        unit.create(session, sessionId, 'StartSession', { sessionId, personId, ...origin })
        return { role: known.role, decided }
      })
      if (started.rejected) return started
      await Promise.all([ofAccount.forget(`${key} ${address}`), ofAddress.takeBack(address)])
      const { role, decided } = started.value
      return { ...started, value: await issue({ personId, role }, { sessionId, generation: 0, decided }) }
    },

    async refresh(refreshToken, asked) {
      const context = once(asked)
      const claims = await tokens.readRefresh(refreshToken)
      if (!claims) return reject('session-over')
      const { sub: personId, sid: sessionId, generation } = claims
      const renewed = await commands.execute({ ...context, actor: `person:${personId}` }, (unit) => {
        const known = unit.state(person, personId)
        if (!('role' in known) || known.status !== 'active') return reject('session-over')
        const decided = now()
        unit.decide(session, sessionId, 'RefreshSession', { sessionId, generation, at: decided.toISOString() })
        const { status, generation: current } = unit.state(session, sessionId)
        return { role: known.role, current, decided, over: status !== 'open' }
      })
      if (renewed.rejected || renewed.value.over) return reject('session-over')
      const { role, current, decided } = renewed.value
      return { ...renewed, value: await issue({ personId, role }, { sessionId, generation: current, decided }) }
    },

    async signOut(sessionId, context) {
      await commands.execute(once(context), (unit) => {
        unit.decide(session, sessionId, 'EndSession', { sessionId, at: at() })
        return {}
      })
    },

    revoke,
  }
}
