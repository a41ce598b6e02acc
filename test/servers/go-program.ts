// Programs in Go that tests need: each in a folder beside this file, built once.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'

const cache = join(import.meta.dirname, '../../node_modules/.cache/servers')

/** Where the program of this name is once it is built. */
export const programPath = (name: string): string => join(cache, name)

/** Builds the program of this name unless that is done; undefined where it can be started, or else why not. */
export function whyNotBuilt(name: string): string | undefined {
  const source = join(import.meta.dirname, name)
  if (isBuilt(name, source)) return undefined
  try {
    mkdirSync(cache, { recursive: true })
    const fresh = `${programPath(name)}-${process.pid}`
    execFileSync('go', ['build', '-o', fresh, '.'], { cwd: source, stdio: ['ignore', 'ignore', 'pipe'] })
    renameSync(fresh, programPath(name))
    return undefined
  } catch (error) {
    return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
  }
}

function isBuilt(name: string, source: string): boolean {
  if (!existsSync(programPath(name))) return false
  const built = statSync(programPath(name)).mtimeMs
  return readdirSync(source).every((file) => statSync(join(source, file)).mtimeMs <= built)
}
