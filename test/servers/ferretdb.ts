// A MongoDB server for the tests: the Go program beside this file, built once and started where a test wants it.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { programPath, whyNotBuilt } from './go-program.ts'

/** Builds the program unless that is done; undefined where it can be started, or else what is missing and how to get it. */
export function whyNoFerretdb(): string | undefined {
  const reason = whyNotBuilt('ferretdb')
  return (
    reason &&
    `there is no MongoDB: set READ_MODELS_URL, or install Go 1.24 or newer, with which FerretDB is built (${reason})`
  )
}

export interface Ferretdb {
  readonly url: string
  readonly port: number
  /** Kills it, as a machine that fails would. */
  kill(): Promise<void>
  stop(): Promise<void>
}

export interface FerretdbOptions {
  readonly folder: string
  /** Any free one unless given. */
  readonly port?: number
  /** As FerretDB is: updates of one document at once are not atomic, as they would be on a MongoDB. */
  readonly asItIs?: boolean
}

/** Starts the program; it ends with this process. */
export async function startFerretdb({ folder, port = 0, asItIs = false }: FerretdbOptions): Promise<Ferretdb> {
  const child = spawn(programPath('ferretdb'), [folder, String(port), ...(asItIs ? ['as-it-is'] : [])], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  const [url] = (await Promise.race([
    once(createInterface(child.stdout), 'line'),
    ended.then(([code]) => Promise.reject(new Error(`FerretDB ended with ${code} at its start`))),
  ])) as [string]
  return {
    url,
    port: Number(new URL(url).port),
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
    async stop() {
      child.stdin.end()
      await ended
    },
  }
}

/** Starts the program on a folder of its own, which goes with it. */
export async function ferretdbInNewFolder(options: Omit<FerretdbOptions, 'folder'> = {}): Promise<Ferretdb> {
  const folder = await mkdtemp(join(tmpdir(), 'caminho-ferretdb-'))
  const server = await startFerretdb({ ...options, folder })
  return {
    ...server,
    async stop() {
      await server.stop()
      await rm(folder, { recursive: true })
    },
  }
}
