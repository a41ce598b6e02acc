// The real server as a process of its own on a data directory, and the ways in which it ends.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { execPath } from 'node:process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { soon } from '../contract/opened.ts'
import { settingsIn } from '../support/stores.ts'

const ownMain = fileURLToPath(new URL('../../src/main.ts', import.meta.url))

/** What `npm start` gives Node besides. */
export const npmStartOptions = ['--max-semi-space-size=32'] as const

export interface LiveServer {
  readonly url: string
  readonly pid: number
  /** Asks it to end, and waits for the end. */
  stop(): Promise<void>
  /** Ends it without notice. */
  kill(): Promise<void>
}

export interface ServerOptions {
  /** The program; the project's own unless named. */
  readonly main?: string
  readonly nodeOptions?: readonly string[]
  /** Settings beside those of every test. */
  readonly env?: Readonly<Record<string, string>>
  /** Milliseconds that it may take until it is ready. */
  readonly patience?: number
}

/** Starts the server on a data directory; resolves once it says that it is ready. */
export async function startServer(
  folder: string,
  { main = ownMain, nodeOptions = [], env = {}, patience = 120_000 }: ServerOptions = {},
): Promise<LiveServer> {
  const child = spawn(execPath, ['--disable-warning=ExperimentalWarning', ...nodeOptions, main], {
    env: {
      ...process.env,
      ...settingsIn(folder),
      PORT: '0',
      HOST: '127.0.0.1',
      DEMO: 'false',
      LOG_LEVEL: 'info',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const closed = once(child, 'close')
  const url = await soon(
    new Promise<string>((resolve, reject) => {
      createInterface(child.stdout).on('line', (line) => {
        const address = /ready at (http:[^\s"]+)/.exec(line)?.[1]
        if (address) resolve(address)
      })
      child.once('exit', (code) => reject(new Error(`the server ended with ${code} before it was ready`)))
    }),
    'the server to be ready',
    patience,
  ).catch((error: unknown) => {
    child.kill('SIGKILL')
    throw error
  })
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    await soon(closed, `the server to end by ${signal}`)
  }
  return { url, pid: child.pid ?? 0, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') }
}
