// Records what was reported about a mail after a server had taken it.
import type { Context } from '../../commands/handling.ts'
import { type MailDesk, recordBounce } from '../../commands/mail.ts'
import type { MailEvents } from '../../domain/mail/events.ts'
import { namesAddress } from '../verdict.ts'
import type { BounceReport } from './report.ts'

export interface BounceDesk {
  readonly desk: MailDesk
  /** How a mail was queued. */
  readonly queuedOf: (mailId: string) => Promise<MailEvents['MailQueued'] | undefined>
}

/**
 * Records a report: the mail has bounced, and if that is the address's fault (or its owner complains) it gets no more. A report twice is recorded
 * once; one of a mail that is not ours, or that a server still tries, not at all.
 */
export async function recordReport(
  { desk, queuedOf }: BounceDesk,
  { mailId, report, source }: { mailId: string; report: BounceReport; source: 'report' | 'webhook' },
  context: Context,
): Promise<void> {
  const queued = await queuedOf(mailId)
  if (!queued || report.kind === 'delayed') return
  const isComplaint = report.kind === 'complaint'
  const suppress = isComplaint ? 'complaint' : namesAddress(report.code || undefined) ? 'bounced' : undefined
  const { code, reply } = report
  await recordBounce(desk, { mailId, source, code, reply, address: queued.address, suppress }, context)
}
