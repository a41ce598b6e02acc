// What the thread that serves people and the thread that writes the log say to one another.
import { ConflictError, DuplicateEventError, UnavailableError } from '../../kernel/errors.ts'
import type { Accepted, Verdict } from './judging.ts'
import type { PreparedAppend } from './prepared-append.ts'

/** An append on its way: numbered in the order of asking, resting on earlier ones by their numbers (`unsound`: on one that failed). */
export interface AskedAppend {
  readonly number: number
  readonly after: readonly number[]
  readonly append: PreparedAppend
}

export const unsound = -1

export interface WriterSettings {
  readonly path: string
  /** Milliseconds that an append waits for another process that is writing. */
  readonly patience: number
  /** How often another process's commits are looked for, in milliseconds. */
  readonly lookAround: number
}

export type ToWriter =
  | {
      readonly kind: 'append'
      readonly appends: readonly AskedAppend[]
      /** What became of all up to this number is known here. */
      readonly known: number
    }
  | { readonly kind: 'close' }

export type FromWriter =
  | {
      readonly kind: 'settled'
      readonly verdicts: readonly (readonly [number: number, verdict: ToldVerdict])[]
      readonly before: number
      readonly recordedAt: string
    }
  | { readonly kind: 'foreign-commit' }

/** A verdict as it can be told: errors lose their class between threads. */
export type ToldVerdict =
  | Accepted
  | { readonly conflict: { readonly stream: string; readonly expected: string; readonly actual: bigint | undefined } }
  | { readonly duplicate: string }
  | { readonly unavailable: unknown }

export function told(verdict: Verdict): ToldVerdict {
  if (!('refused' in verdict)) return verdict
  const { refused } = verdict
  if (refused instanceof ConflictError) {
    const { stream, expected, actual } = refused
    return { conflict: { stream, expected, actual } }
  }
  if (refused instanceof DuplicateEventError) return { duplicate: refused.eventId }
  return { unavailable: refused instanceof UnavailableError ? refused.cause : refused }
}

/** The verdict as it was before it was told. */
export function heard(verdict: ToldVerdict, part: string): Verdict {
  if ('conflict' in verdict) {
    const { stream, expected, actual } = verdict.conflict
    return { refused: new ConflictError(stream, expected, actual) }
  }
  if ('duplicate' in verdict) return { refused: new DuplicateEventError(verdict.duplicate) }
  if ('unavailable' in verdict) return { refused: new UnavailableError(part, { cause: verdict.unavailable }) }
  return verdict
}
