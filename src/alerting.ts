// Alerts that parts of a node raise about themselves, when there is nobody to give an error to.
import { raiseAlert, type Trouble } from './commands/alerts.ts'
import type { System } from './system.ts'

/** Raises an alert in the name of a part of the system, and does not fail. */
export type RaiseAlert = (part: string, trouble: Trouble) => void

/** What cannot be recorded now, as while the log is away, is in the process's own log. */
export const alertsOf =
  (system: Pick<System, 'commands' | 'newId' | 'now' | 'self' | 'log'>): RaiseAlert =>
  (part, trouble) => {
    raiseAlert(system, trouble, system.self(part)).catch((error: unknown) =>
      system.log.error({ err: error, ...trouble }, 'an alert could not be raised'),
    )
  }
