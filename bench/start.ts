// How soon a server on a company's history is ready, and how much memory it then holds, beside a bare Hono server.
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { npmStartOptions, startServer } from '../test/live/server.ts'
import { type Figure, inTurns } from './figure.ts'
import type { History } from './history.ts'

const bare = fileURLToPath(new URL('bare-server.ts', import.meta.url))

/** Resident memory of a process, in MB. */
async function residentOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) / 1024
}

export async function start([history]: readonly History[]): Promise<readonly Figure[]> {
  if (!history) return []
  const resident: number[] = []
  const once = async (folder: string, main?: string) => {
    const begun = performance.now()
    const server = await startServer(folder, {
      nodeOptions: npmStartOptions,
      ...(main !== undefined && { main }),
      patience: 600_000,
    })
    if (main === undefined) await (await fetch(`${server.url}/api/system/health`)).json()
    const seconds = (performance.now() - begun) / 1000
    resident.push(await residentOf(server.pid))
    await server.stop()
    return seconds
  }
  const [value = 0, baseline = 0] = await inTurns(3, [() => once(history.folder), () => once('.', bare)])
  const [memory = Number.NaN, bareMemory = Number.NaN] = resident.slice(-2)
  const events = `${history.events.toLocaleString('en')} events`
  const against = 'bare Hono server'
  return [
    {
      name: `start until healthy, ${events}`,
      unit: 's',
      value,
      baseline,
      against,
      bound: { most: 2 },
      limitedBy: 'loading and stripping the modules, twice: the projections have a thread of their own',
    },
    {
      name: `resident memory, ${events}`,
      unit: 'MB',
      value: memory,
      baseline: bareMemory,
      against,
      bound: { most: 200 },
      limitedBy: 'two V8 heaps, and SQLite page caches of 16 MB for each connection',
    },
  ]
}
