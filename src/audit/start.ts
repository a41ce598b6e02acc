// What the audit does by itself while the server runs: seals are made, and the witness is told of them.
import { raiseAlert } from '../commands/alerts.ts'
import { masterKeyOf } from '../opening.ts'
import type { Reactor } from '../subscribers/reactor.ts'
import type { System } from '../system.ts'
import { openAudit } from './audit.ts'
import { keepSealing } from './keep-sealing.ts'
import { openSigningKeys } from './signing-keys.ts'
import { sealWitness } from './witness.ts'

/** Keeps the log sealed, on one node at a time, until the signal aborts. */
export function startAudit(system: System, signal: AbortSignal): { readonly stopped: Promise<void> } {
  const { leases, log } = system
  const { everyEvents, everyMinutes } = system.config.sealing
  const context = system.self('seals')
  const onChanged = ({ message: detail }: Error) =>
    void raiseAlert(system, { kind: 'log-changed', subject: 'log', detail }, context)
  return keepSealing({ audit: openAudit(system), leases, signal, log, onChanged, everyEvents, everyMinutes })
}

/** The reactors of the audit: one that tells the witness, where there is one. */
export function auditReactors({ config, rawLog, keyValue }: System): readonly Reactor[] {
  const url = config.sealing.witnessUrl
  return url === undefined ? [] : [sealWitness({ url, rawLog, keys: openSigningKeys(keyValue, masterKeyOf(config)) })]
}
