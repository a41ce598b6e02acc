// Starts the real S3 server of the tests (test/servers/s3), or says why it cannot.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** False where the server can be built; else the line that says how to get what is lacking. */
export const lacksS3: string | false =
  spawnSync('go', ['version']).status === 0
    ? false
    : 'needs Go 1.24 or newer on the PATH, to build the S3 server of the tests'

/** Starts it on a free port of loopback; `url` is the address of its bucket, `stop` ends it. */
export async function startS3(): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 's3-server-'))
  const program = join(folder, 's3')
  const built = spawnSync('go', ['build', '-o', program, '.'], {
    cwd: new URL('s3', import.meta.url),
    encoding: 'utf8',
  })
  if (built.status !== 0) throw new Error(`the S3 server of the tests does not build: ${built.stderr}`)
  const server = spawn(program, { stdio: ['pipe', 'pipe', 'inherit'] })
  const [address] = await once(createInterface(server.stdout), 'line')
  return {
    url: `s3://test-key:${encodeURIComponent('test/secret+key')}@${address}/caminho?region=eu-test-1&tls=false`,
    async stop() {
      const ended = once(server, 'exit')
      server.stdin.end()
      await ended
      rmSync(folder, { recursive: true })
    },
  }
}
