// The log: structured lines to standard output, to rotated files where they are kept, to whoever exports them, and the recent ones at hand.
import pino, { type Logger, type LoggerOptions } from 'pino'
import { keepRecent, type RecentLines } from './recent.ts'

export interface Log {
  readonly logger: Logger
  readonly recent: RecentLines
  /** Adds a line that another thread of this process has written. */
  add(line: string): void
  close(): Promise<void>
}

export interface LogOptions {
  readonly level: string
  /** Where files are kept; without it there are none. */
  readonly folder?: string | undefined
  /** Rotated files that are kept. */
  readonly files?: number
  /** Told of each line. */
  readonly also?: ((line: string) => void) | undefined
}

/** Never in a log, whatever is logged: what opens doors, and who somebody is. */
const secret = ['password', 'token', 'accessToken', 'refreshToken', 'authorization', 'cookie', 'secret', 'masterKey']
const personal = ['email', 'phone', 'nuit', 'customerName']

/** How every thread writes its lines. */
export const logOptions = (level: string): LoggerOptions => ({
  level,
  redact: { paths: [...secret, ...personal].flatMap((field) => [field, `*.${field}`]), censor: '[redacted]' },
})

/** Largest file before a new one is begun. */
const largest = '20M'

interface Files {
  write(line: string): void
  end(): Promise<void>
}

/** Files of a day or `largest`, compressed when the next is begun, so many kept. A disk that takes no more costs lines, never the process. */
async function openFiles(folder: string, files: number): Promise<Files> {
  const { createStream } = await import('rotating-file-stream')
  const stream = createStream('caminho.log', {
    path: folder,
    size: largest,
    interval: '1d',
    compress: 'gzip',
    maxFiles: files,
  })
  for (const event of ['error', 'warning'] as const)
    stream.on(event, (error: Error) => void process.stderr.write(`the log's file: ${error.message}\n`))
  return {
    write: (line) => void stream.write(line),
    end: () => new Promise((resolve) => stream.end(resolve)),
  }
}

export async function openLog({ level, folder, files = 14, also }: LogOptions): Promise<Log> {
  const recent = keepRecent()
  const standardOutput = pino.destination({ fd: 1, sync: true })
  const kept = folder === undefined ? undefined : await openFiles(folder, files)
  const add = (line: string): void => {
    standardOutput.write(line)
    recent.add(line)
    kept?.write(line)
    also?.(line)
  }
  return {
    logger: pino(logOptions(level), { write: add }),
    recent,
    add,
    close: async () => kept?.end(),
  }
}
