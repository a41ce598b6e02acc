// A company with an archive of it, for tests that look into archives, spoil them and restore them.
import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileOf, surroundingsOf } from '../../src/backup/index.ts'
import { readArchive } from '../../src/backup/reading.ts'
import { type Config, readConfig } from '../../src/config.ts'
import { openFiles } from '../../src/files/index.ts'
import { pathsIn } from '../../src/opening.ts'
import { currentFile } from '../../src/stores/sqlite/file-succession.ts'
import { openSystem, type System } from '../../src/system.ts'
import { foundCompany, type LiveCompany } from '../live/company.ts'

export const configOf = (folder: string, env: Readonly<Record<string, string>> = {}): Config =>
  readConfig({ DATA_DIR: folder, DEMO: 'false', LOG_LEVEL: 'silent', PORT: '0', ...env })

/** A company with photos, so that an archive of it has several of age's pieces. */
export async function companyWithPhotos(): Promise<LiveCompany> {
  const company = await foundCompany()
  const photos = join(company.folder, 'photos')
  await mkdir(photos)
  for (const name of ['rice', 'oil']) writeFileSync(join(photos, `${name}-large.webp`), randomBytes(150_000))
  return company
}

/** Does something with an open system of a company. */
export async function withSystem<Result>(config: Config, use: (system: System) => Promise<Result>): Promise<Result> {
  const system = await openSystem({ config })
  try {
    return await use(system)
  } finally {
    await system.close()
  }
}

/** Makes a backup; its id. @throws when it fails */
export const backUp = (config: Config, kind: 'full' | 'incremental' = 'full'): Promise<string> =>
  withSystem(config, async ({ backup, self }) => {
    const asked = { kind: kind === 'full' ? kind : undefined, scheduled: false } as const
    const { outcome, finished } = await backup.backups.begin(asked, self('tests'))
    if (outcome.rejected) throw new Error(outcome.code)
    if (!(await finished)) throw new Error('the backup failed')
    return outcome.value.id
  })

/** Where the file of a backup lies that is kept in the data directory. */
export const archivePath = ({ dataDir }: Config, backupId: string): string => join(dataDir, 'backups', fileOf(backupId))

/** Reads an archive whole with the keys of a configuration. @throws ArchiveError */
export async function readWith(config: Config, backupId: string) {
  const { archives, keys } = surroundingsOf(config)
  return readArchive({ files: await openFiles(archives), backupId, keys })
}

/** Spoils a file for the time of a test. */
export async function spoilt(path: string, spoil: (bytes: Buffer) => Buffer, use: () => Promise<void>): Promise<void> {
  const whole = readFileSync(path)
  writeFileSync(path, spoil(Buffer.from(whole)))
  try {
    await use()
  } finally {
    writeFileSync(path, whole)
  }
}

/** Every document of every read model in a folder, byte for byte. */
export function documentsIn(folder: string): ReadonlyMap<string, string> {
  const documents = new Map<string, string>()
  const { readModels } = pathsIn(folder)
  for (const path of [readModels, readModels.replace('.sqlite', '-2.sqlite')]) {
    const db = new DatabaseSync(currentFile(path), { readOnly: true })
    for (const { name, number } of db.prepare('SELECT name, number FROM generations WHERE live = 1').all())
      for (const row of db.prepare(`SELECT id, position, document FROM "${name}/${number}"`).all())
        documents.set(`${name} ${row.id}`, `${row.position} ${row.document}`)
    db.close()
  }
  return documents
}
