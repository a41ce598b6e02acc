// What the audit does by itself while the server runs: seals are made, and the witness is told of them.
import type { RaiseAlert } from '../alerting.ts'
import { masterKeyOf } from '../opening.ts'
import type { ScheduledJob } from '../schedules.ts'
import type { Reactor } from '../subscribers/reactor.ts'
import type { System } from '../system.ts'
import { openAudit } from './audit.ts'
import { keepSealing } from './keep-sealing.ts'
import { openSigningKeys } from './signing-keys.ts'
import { sealWitness } from './witness.ts'
import { witnessMailJob } from './witness-mail.ts'

/** Keeps the log sealed, on one node at a time, until the signal aborts. */
export function startAudit(
  system: System,
  { alert, signal }: { readonly alert: RaiseAlert; readonly signal: AbortSignal },
): { readonly stopped: Promise<void> } {
  const { leases, log } = system
  const { everyEvents, everyMinutes } = system.config.sealing
  const onChanged = ({ message: detail }: Error) => alert('seals', { kind: 'log-changed', subject: 'log', detail })
  return keepSealing({ audit: openAudit(system), leases, signal, log, onChanged, everyEvents, everyMinutes })
}

/** The reactors of the audit: one that tells the witness, where there is one. */
export function auditReactors({ config, keyValue }: System): readonly Reactor[] {
  const url = config.sealing.witnessUrl
  return url === undefined ? [] : [sealWitness({ url, keys: openSigningKeys(keyValue, masterKeyOf(config)) })]
}

/** The jobs of the audit: one that writes to the witness, where they have an address. */
export function auditJobs(system: System): readonly ScheduledJob[] {
  const { config, keyValue, rawLog } = system
  const mail = config.sealing.witnessMail
  if (!mail) return []
  const keys = openSigningKeys(keyValue, masterKeyOf(config))
  return [witnessMailJob({ ...mail, desk: system, rawLog, keys, context: system.self('seals') })]
}
