// The thread of one task on archives.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { workerData } from 'node:worker_threads'
import { z } from 'zod'
import { folderOf, openFiles } from '../files/index.ts'
import { openStores } from '../opening.ts'
import { doTask, tellingProgress } from '../task-thread.ts'
import { ArchiveError } from './archive-error.ts'
import { fileOf } from './format.ts'
import { readArchive } from './reading.ts'
import { restoreInto } from './restoring.ts'
import { type Progress, type Results, surroundings, type Task, task } from './tasks.ts'
import { writeArchive } from './writing.ts'

const { where, task: asked } = z.object({ where: surroundings, task }).parse(workerData)
const telling = (phase: Progress['phase']) => tellingProgress((events): Progress => ({ phase, events }))

const files = await openFiles(where.archives)
const photos = folderOf(await openFiles(where.files), 'photos')
const masterKey = Buffer.from(where.masterKey)
const { keys, ownsMasterKey } = where

async function write({ manifest, photosSince }: Extract<Task, { kind: 'write' }>): Promise<Results['write']> {
  const { eventStore: rawLog, keyValue, close } = await openStores(where.where, { readOnly: true })
  const ownKey = ownsMasterKey ? readFileSync(join(where.where.dataDir, 'master.key'), 'utf8') : undefined
  const sources = { rawLog, keyValue, photos, masterKey: ownKey }
  try {
    const onProgress = telling('writing')
    const written = await writeArchive({ sources, manifest, photosSince, keys, files, onProgress })
    // Believed only once it was read back from where it lies.
    const read = await readArchive({ files, backupId: manifest.id, keys, onProgress: telling('verifying') })
    if (read.digest !== written.digest || read.summary.root !== written.root)
      throw new ArchiveError('damaged-archive', 'what is read back is not what was written')
    return written
  } catch (error) {
    await files.delete(fileOf(manifest.id)).catch(() => false)
    throw error
  } finally {
    await close()
  }
}

function work(): Promise<Results[keyof Results]> {
  if (asked.kind === 'write') return write(asked)
  if (asked.kind === 'read') {
    return readArchive({ files, backupId: asked.backupId, keys, onProgress: telling('verifying') })
  }
  const onProgress = telling('restoring')
  return restoreInto({ ...asked, files, keys, masterKey, ownsMasterKey, onProgress })
}

await doTask(work)
