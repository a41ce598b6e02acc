// The recent lines of this node's log, for the page that shows them: as many as an administrator reads, in constant memory.
import { z } from 'zod'

const parsed = z.looseObject({ level: z.number(), time: z.number(), msg: z.string().default('') })

export interface LogLine {
  /** Grows by one with each line; a reader asks for what follows it. */
  readonly number: number
  /** pino's: 30 is info, 40 a warning, 50 an error, 60 fatal. */
  readonly level: number
  /** ISO 8601 UTC. */
  readonly time: string
  readonly message: string
  /** What else the line says. */
  readonly details: Readonly<Record<string, unknown>>
}

export interface RecentLines {
  add(line: string): void
  /** The latest lines, the oldest first: at or above a level, after a number, with a text in them. */
  read(asked: {
    readonly level?: number
    readonly after?: number
    readonly text?: string
    readonly limit: number
  }): readonly LogLine[]
}

const kept = 1_000
/** A longer line would be a stack or a document: its beginning says what it is about. */
const longest = 8_192

export function keepRecent(): RecentLines {
  const lines: string[] = []
  let number = 0

  const lineAt = (at: number): LogLine | undefined => {
    try {
      const { level, time, msg, pid: _pid, hostname: _hostname, ...details } = parsed.parse(JSON.parse(lines[at] ?? ''))
      return {
        number: number - lines.length + at + 1,
        level,
        time: new Date(time).toISOString(),
        message: msg,
        details,
      }
    } catch {
      return undefined
    }
  }

  return {
    add(line) {
      if (line.length > longest) return
      lines.push(line)
      number += 1
      if (lines.length > kept) lines.shift()
    },
    read({ level = 0, after = 0, text = '', limit }) {
      const found: LogLine[] = []
      const wanted = text.toLowerCase()
      for (let at = lines.length - 1; at >= 0 && found.length < limit; at -= 1) {
        if (wanted !== '' && !lines[at]?.toLowerCase().includes(wanted)) continue
        const line = lineAt(at)
        if (line && line.number <= after) break
        if (line && line.level >= level) found.push(line)
      }
      return found.reverse()
    },
  }
}
