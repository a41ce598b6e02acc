// A MongoDB server for the tests: the Go program beside this file, built once and started where a test wants it.
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const source = join(import.meta.dirname, 'ferretdb')
const cache = join(import.meta.dirname, '../../node_modules/.cache/servers')
const program = join(cache, 'ferretdb')

/** Builds the program unless that is done; undefined where it can be started, or else what is missing and how to get it. */
export function whyNoFerretdb(): string | undefined {
  if (isBuilt()) return undefined
  try {
    mkdirSync(cache, { recursive: true })
    const fresh = `${program}-${process.pid}`
    execFileSync('go', ['build', '-o', fresh, '.'], { cwd: source, stdio: ['ignore', 'ignore', 'pipe'] })
    renameSync(fresh, program)
    return undefined
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
    return `there is no MongoDB: set READ_MODELS_URL, or install Go 1.24 or newer, with which FerretDB is built (${reason})`
  }
}

function isBuilt(): boolean {
  if (!existsSync(program)) return false
  const built = statSync(program).mtimeMs
  return ['main.go', 'turns.go', 'go.mod', 'go.sum'].every((file) => statSync(join(source, file)).mtimeMs <= built)
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
  const child = spawn(program, [folder, String(port), ...(asItIs ? ['as-it-is'] : [])], {
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
