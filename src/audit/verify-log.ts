// Verifying the log where it is kept: its events against the seals, and the store against its events.
import type { EventStore } from '../kernel/event-store.ts'
import { faultsIn, openEventStore, type Whereabouts } from '../opening.ts'
import { entriesIn } from './entries.ts'
import { NotSealedError } from './export.ts'
import { keysIn } from './seal-stream.ts'
import { publicKeyFrom } from './statement.ts'
import { named, type Verdict, Verifier } from './verification.ts'
import type { Evidence } from './verify-export.ts'

export interface VerifyingOptions {
  /** The public key that the auditor trusts; without it the log's own, which whoever can rewrite the log could replace. */
  readonly key?: Evidence['key']
  readonly witnessed?: Evidence['witnessed']
  /** Hears now and then how many events were read. */
  readonly onProgress?: (events: number) => void
}

/**
 * The verdict on the log of an installation. Nothing but the log is opened: what was tampered with must not keep it from being verified.
 * @throws NotSealedError without a key where the log has none, UnavailableError
 */
export async function verifyLog(where: Whereabouts, options: VerifyingOptions): Promise<Verdict> {
  const [fault] = faultsIn(where)
  try {
    const rawLog = await openEventStore(where, { readOnly: true })
    try {
      const verdict = await verdictOn(rawLog, options)
      return fault === undefined ? verdict : withFault(verdict, fault)
    } finally {
      await rawLog.close()
    }
  } catch (error) {
    if (fault === undefined) throw error
    return withFault({ finding: undefined, events: 0, proved: 0, seals: 0, lastSeal: undefined }, fault)
  }
}

async function verdictOn(rawLog: EventStore, { key, witnessed, onProgress }: VerifyingOptions): Promise<Verdict> {
  // The first, which vouches for all that came after: the last may not have sealed anything yet.
  const own = key ? undefined : (await keysIn(rawLog))[0]?.key.publicKey
  if (!key && own === undefined) throw new NotSealedError()
  const verifier = new Verifier({ key: key ?? publicKeyFrom(own ?? ''), ...(witnessed && { witnessed }) })
  let events = 0
  for await (const entry of entriesIn(rawLog)) {
    verifier.take(entry)
    events += 1
    if (events % 1_000 === 0) onProgress?.(events)
  }
  return named(verifier.finish(), entriesIn(rawLog))
}

/** A store that finds fault with itself has been damaged, whatever its events still say. */
function withFault(verdict: Verdict, fault: string): Verdict {
  const { finding, events } = verdict
  const detail = `the file of the log is damaged: ${fault}`
  if (!finding) return { ...verdict, finding: { kind: 'damaged', index: events, event: undefined, detail } }
  // What SQLite cannot read any more is no work of somebody who has changed an event.
  const kind = finding.kind === 'changed' && !finding.event ? 'damaged' : finding.kind
  return { ...verdict, finding: { ...finding, kind, detail: `${finding.detail}; ${detail}` } }
}
