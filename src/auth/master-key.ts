// The master key: from the environment, or made on the first start and kept beside the data, readable by its owner only.
import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The 32 bytes of the master key. @throws when the key's file cannot be read or written, or is not a key */
export function masterKeyIn(dataDir: string): Buffer {
  const path = join(dataDir, 'master.key')
  try {
    // 'wx': of two processes that start at once, the second reads the first one's key.
    writeFileSync(path, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx', flush: true })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  const key = Buffer.from(readFileSync(path, 'utf8').trim(), 'base64')
  if (key.length !== 32) throw new Error(`${path} is not a key of 32 bytes in base64; restore it from a backup`)
  return key
}
