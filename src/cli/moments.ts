// How moments, files and texts are written on the command line.
import { readFile } from 'node:fs/promises'
import { momentOf, openAudit } from '../audit/index.ts'
import { addDays } from '../domain/calendar.ts'
import { settings, settingsId } from '../domain/settings/settings.ts'
import type { System } from '../system.ts'
import { UsageError } from './command.ts'

async function timeZoneOf({ commands, self }: System): Promise<string> {
  const outcome = await commands.execute(
    self('command-line'),
    (unit) => unit.state(settings, settingsId)?.timeZone ?? 'UTC',
  )
  return outcome.rejected ? 'UTC' : outcome.value
}

/** The position that is meant: of the last event at a moment's end, or of the first one after its beginning. @throws UsageError */
export async function momentIn(system: System, text: string, edge: 'beginning' | 'end' = 'end'): Promise<bigint> {
  const zone = await timeZoneOf(system)
  const { tree } = openAudit(system)
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text)
  const isPosition = /^\d+$/.test(text)
  // A day begins where the one before it has ended.
  const asked = edge === 'beginning' && isDay ? addDays(text, -1) : text
  const position = await momentOf(tree, asked, zone).catch(() => undefined)
  if (position === undefined)
    throw new UsageError(
      `${text} is no moment: write a position, a day (2026-03-31) or an instant (2026-03-31T12:00:00Z)`,
    )
  return edge === 'beginning' && !isPosition ? position + 1n : position
}

/** The values of an option that may be repeated. */
export const textsOf = (value: string | boolean | undefined | readonly (string | boolean)[]): string[] =>
  (Array.isArray(value) ? value : [value]).filter((text) => typeof text === 'string')

/** What an option says: the content of a file of that name, or else the text itself. */
export const fileOrText = (text: string): Promise<string> => readFile(text, 'utf8').catch(() => text)
