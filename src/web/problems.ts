// Problems: every refusal and failure as RFC 9457 problem details, with a stable type and a text in the reader's language.
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { catalogue, type PlainKey, translator } from '../../views/locales/index.ts'
import type { Rejection } from '../kernel/decider.ts'
import type { AppContext, Locale } from './environment.ts'

/** The status of each code; a rejection of the business that is not listed is a 409. */
const statuses: Readonly<Record<string, ContentfulStatusCode>> = {
  'invalid-input': 422,
  'malformed-request': 400,
  'not-signed-in': 401,
  'wrong-credentials': 401,
  'session-over': 401,
  forbidden: 403,
  'cross-site': 403,
  'not-found': 404,
  'method-not-allowed': 405,
  'too-large': 413,
  'unsupported-media-type': 415,
  'idempotency-key-reused': 422,
  'too-many-attempts': 429,
  'internal-error': 500,
  unavailable: 503,
  'not-caught-up': 503,
  contention: 503,
  'invalid-nuit': 422,
  'discount-too-large': 422,
  'tendered-too-little': 422,
  'customer-required': 422,
  'duplicate-line': 422,
  'not-permitted': 403,
  'not-an-image': 422,
  'invalid-csv': 422,
  'confirmation-needed': 422,
  'missing-archive': 404,
  'same-location': 422,
  'no-such-line': 422,
  'amount-too-large': 422,
  'empty-range': 422,
  'too-many-points': 422,
  'clear-above-threshold': 422,
  'silence-over': 422,
  'too-long-a-silence': 422,
}

/** A field of the input that was not good, and why, for a person. */
export interface FieldProblem {
  /** Dotted path of the field: `lines.0.quantity`. */
  readonly field: string
  readonly message: string
}

export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail?: string
  readonly code: string
  readonly errors?: readonly FieldProblem[]
  readonly [extension: string]: unknown
}

/** Thrown by whatever finds that a request cannot be answered as asked; the app turns it into a problem or a page. */
export class ProblemError extends Error {
  readonly code: string
  readonly details: Readonly<Record<string, unknown>>
  readonly headers: Readonly<Record<string, string>>
  constructor(code: string, details: Record<string, unknown> = {}, headers: Record<string, string> = {}) {
    super(code)
    this.name = 'ProblemError'
    this.code = code
    this.details = details
    this.headers = headers
  }
}

export const statusOf = (code: string): ContentfulStatusCode =>
  statuses[code] ?? (code.startsWith('unknown-') ? 404 : 409)

/** The sentence for a code, in the reader's language. */
export function explain(locale: Locale, code: string): string {
  const t = translator(locale)
  const key = `problem.${code}`
  return isPlainKey(key) ? t(key) : t('problem.refused')
}

const isPlainKey = (key: string): key is PlainKey => Object.hasOwn(catalogue, key)

/** Whether there is a sentence for a code. */
export const isProblemCode = (code: string): boolean => isPlainKey(`problem.${code}`)

/** Problem details of a code and what is known about the case. */
export function problemOf(locale: Locale, code: string, details: Readonly<Record<string, unknown>> = {}): Problem {
  return { type: `urn:caminho:problem/${code}`, title: explain(locale, code), status: statusOf(code), code, ...details }
}

/** Answers with a problem as application/problem+json. */
export function problem(c: AppContext, code: string, details: Readonly<Record<string, unknown>> = {}): Response {
  const body = problemOf(c.get('locale'), code, details)
  return c.body(JSON.stringify(body), statusOf(code), { 'content-type': 'application/problem+json' })
}

/** A rejection of the business, thrown so that one place answers it. */
export const rejected = ({ code, details }: Rejection): ProblemError => new ProblemError(code, { ...details })
