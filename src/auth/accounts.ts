// Accounts: what a person's account consists of besides its events. Passwords, sessions and personal keys live elsewhere, in step with them.
import type { Context, Outcome } from '../commands/handling.ts'
import {
  addPerson,
  changeRole,
  deactivatePerson,
  erasePerson,
  type NewPerson,
  type PeopleDesk,
  recordPasswordChange,
} from '../commands/people.ts'
import type { PersonEvents } from '../domain/people/events.ts'
import { person } from '../domain/people/person.ts'
import { reject } from '../kernel/decider.ts'
import type { Vault } from '../kernel/vault.ts'
import type { Login } from './login.ts'
import type { Passwords } from './passwords.ts'
import type { Revocations } from './revocations.ts'

/** What the commands of accounts need. */
export interface AccountDesk extends PeopleDesk {
  readonly passwords: Passwords
  readonly revocations: Revocations
  readonly login: Pick<Login, 'revoke'>
  readonly vault: Vault
}

/** Adds a person who can sign in with that password, or without one as soon as they have chosen it by a link. Rejections: as `addPerson`. */
export async function addAccount(
  desk: AccountDesk,
  { password, ...added }: NewPerson & { readonly password: string | null },
  context: Context,
): Promise<Outcome<{ id: string }>> {
  const outcome = await addPerson(desk, added, context)
  if (!outcome.rejected && password !== null) await desk.passwords.set(outcome.value.id, password)
  return outcome
}

/**
 * Sets a new password and revokes the sessions that were opened with the old one. The password is kept before the change is recorded: after a
 * crash in between, the new one counts. Rejections: `unknown-person`, `erased`.
 */
export async function setPassword(
  desk: AccountDesk,
  { personId, password, by, sessions }: PasswordChange,
  context: Context,
): Promise<Outcome<{ id: string }>> {
  const { request: _repeatable, ...each } = context
  const there = await desk.commands.execute(each, (unit) => {
    const { status } = unit.state(person, personId)
    return status === 'unknown' || status === 'erased'
      ? reject(status === 'erased' ? 'erased' : 'unknown-person', { personId })
      : {}
  })
  if (there.rejected) return there
  await desk.passwords.set(personId, password)
  const outcome = await recordPasswordChange(desk, { personId, by }, context)
  for (const sessionId of sessions) await revokeSession(desk, { sessionId, reason: 'password-changed' }, each)
  return outcome
}

export interface PasswordChange {
  readonly personId: string
  readonly password: string
  readonly by: PersonEvents['PasswordChanged']['by']
  /** Those to revoke. */
  readonly sessions: readonly string[]
}

type Reason = Parameters<Login['revoke']>[1]

/** Revokes a session; its access token is refused from now on. Rejections: `unknown-session`. */
export async function revokeSession(
  { login, revocations, now }: AccountDesk,
  { sessionId, reason }: { readonly sessionId: string; readonly reason: Reason },
  context: Context,
): Promise<Outcome<object>> {
  const outcome = await login.revoke(sessionId, reason, context)
  if (!outcome.rejected) revocations.learn({ type: 'SessionRevoked', data: { sessionId } }, now())
  return outcome
}

/**
 * As `deactivatePerson`; their access tokens are refused from now on, and their sessions revoked, so that none comes back to life should they be
 * reactivated.
 */
export async function deactivateAccount(
  desk: AccountDesk,
  { personId, sessions }: { readonly personId: string; readonly sessions: readonly string[] },
  context: Context,
) {
  const outcome = await deactivatePerson(desk, personId, context)
  if (outcome.rejected) return outcome
  desk.revocations.learn({ type: 'PersonDeactivated', data: { personId } }, desk.now())
  const { request: _repeatable, ...each } = context
  for (const sessionId of sessions) await revokeSession(desk, { sessionId, reason: 'deactivated' }, each)
  return outcome
}

/** As `changeRole`; access tokens that tell the former role are refused from now on. */
export async function changeAccountRole(desk: AccountDesk, change: Parameters<typeof changeRole>[1], context: Context) {
  const outcome = await changeRole(desk, change, context)
  if (!outcome.rejected) desk.revocations.learn({ type: 'RoleChanged', data: change }, desk.now())
  return outcome
}

/** Erases a person: the fact, then the password and the key that made their data readable. Rejections: as `erasePerson`. */
export async function eraseAccount(desk: AccountDesk, personId: string, context: Context) {
  const outcome = await erasePerson(desk, personId, context)
  if (!outcome.rejected) {
    // Should a crash come before these, reactors/erasure.ts does them.
    await desk.passwords.forget(personId)
    await desk.vault.erase(personId)
    desk.revocations.learn({ type: 'PersonErased', data: { personId } }, desk.now())
  }
  return outcome
}
