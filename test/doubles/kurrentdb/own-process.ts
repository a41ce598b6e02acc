// The double of KurrentDB as a process of its own, for tests of several processes that use it; it ends with the one that started it.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { isMainThread } from 'node:worker_threads'
import { startKurrentDouble } from './server.ts'

const file = fileURLToPath(import.meta.url)

/** Starts the process. */
export async function startKurrentProcess(): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', file], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  const [url] = await once(createInterface(child.stdout), 'line')
  return {
    url: String(url),
    async stop() {
      child.stdin.end()
      await ended
    },
  }
}

if (isMainThread && process.argv[1] === file) {
  const { url } = await startKurrentDouble()
  console.log(url)
  process.stdin.resume().once('close', () => process.exit())
}
