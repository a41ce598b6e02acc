// What a node does by itself, beside answering people: it reacts to what happens, keeps its hours, sends the mail, watches and seals.

import type { RaiseAlert } from './alerting.ts'
import { auditJobs, auditReactors, startAudit } from './audit/index.ts'
import { forgettingAttempts } from './auth/shared-attempts.ts'
import { backupJobs, erasureMemory } from './backup/index.ts'
import { digestJobs, notifying } from './notifications/index.ts'
import { erasure } from './reactors/erasure.ts'
import { welcoming } from './reactors/welcome.ts'
import { startSchedules } from './schedules.ts'
import { type ReactorRunner, startReactors } from './subscribers/reactor-runner.ts'
import type { System } from './system.ts'

export interface Duties {
  readonly reactors: ReactorRunner
  /** Aborts when the duties are to end. */
  readonly signal: AbortSignal
  /** Ends them; resolves when what was under way is done. */
  stop(): Promise<void>
}

/** Takes up all duties of a node, each under its lease where only one node may do it. */
export function startDuties(system: System, alert: RaiseAlert): Duties {
  const { store, keyValue, leases, tracing, now, log } = system
  const stopping = new AbortController()
  const { signal } = stopping

  const reactors = startReactors({
    store,
    keyValue,
    reactors: [erasure(system), erasureMemory(system), notifying(system), welcoming(system), ...auditReactors(system)],
    leases,
    signal,
    log,
    tracing,
    onParked: ({ reactor: subject, error: detail }) => alert('reactors', { kind: 'reaction-parked', subject, detail }),
  })
  const jobs = [
    ...digestJobs(system),
    ...backupJobs(system, system.backup),
    ...auditJobs(system),
    forgettingAttempts(system),
  ]
  const schedules = startSchedules({ leases, keyValue, now, log, jobs, signal })
  const auditing = startAudit(system, { alert, signal })
  const mailing = system.mail.run(signal)
  const watching = system.monitoring.run({ desk: system, leases, context: () => system.self('monitoring'), signal })

  return {
    reactors,
    signal,
    async stop() {
      stopping.abort()
      await Promise.all([reactors.stopped, schedules.stopped, auditing.stopped, mailing, watching])
    },
  }
}
