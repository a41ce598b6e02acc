// Reports from a mail provider by HTTP: believed only with a signature over the time and the very bytes of the body.
import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import type { Context } from '../../commands/handling.ts'
import { mailIn } from '../addresses.ts'
import { type BounceDesk, recordReport } from './recording.ts'

/** `t=<seconds since 1970>,v1=<hex of HMAC-SHA-256 over "<t>.<body>">` */
export const signatureHeader = 'caminho-signature'
/** Seconds by which the clocks may differ; an older report is a repetition by somebody else. */
const tolerance = 300

export const webhookSignature = (secret: string, time: number, body: string): string =>
  `t=${time},v1=${createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')}`

/** Whether the body was signed with the secret, lately. */
export function isSigned(secret: string, header: string | undefined, body: string, now: Date): boolean {
  const [, time = ''] = /^t=(\d{1,12}),v1=[\da-f]{64}$/.exec(header ?? '') ?? []
  if (time === '' || Math.abs(now.getTime() / 1000 - Number(time)) > tolerance) return false
  const [given, wanted] = [Buffer.from(header ?? ''), Buffer.from(webhookSignature(secret, Number(time), body))]
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}

export const reported = z.strictObject({
  /** The Message-ID of the mail. */
  messageId: z.string().max(200),
  type: z.enum(['bounce', 'complaint']),
  /** RFC 3463. */
  code: z.string().max(40).default(''),
  detail: z.string().max(2_000).default(''),
})

/** Records a report that was signed; whether it names a mail of ours. */
export async function takeReport(
  bounces: BounceDesk,
  report: z.output<typeof reported>,
  context: Context,
): Promise<boolean> {
  const mailId = mailIn(report.messageId)
  if (mailId === undefined || !(await bounces.queuedOf(mailId))) return false
  const { code, detail: reply } = report
  const kind = report.type === 'bounce' ? 'failed' : 'complaint'
  await recordReport(bounces, { mailId, report: { kind, code, reply }, source: 'webhook' }, context)
  return true
}
