// Where this installation's archives are, and what opens them.
import { join } from 'node:path'
import type { Config } from '../config.ts'
import { masterKeyOf, whereaboutsOf } from '../opening.ts'
import { ownIdentity } from './encryption.ts'
import type { Surroundings } from './tasks.ts'

/** The folder `backups` of a place of files: a directory, or a bucket (see src/files). */
function inside(place: string): string {
  if (!place.startsWith('s3:')) return place.startsWith('file:') ? `${place}/backups` : join(place, 'backups')
  const url = new URL(place)
  url.pathname += '/backups'
  return url.href
}

/** What a thread that works on archives is told. `identities`: keys that open archives besides those of the installation. */
export function surroundingsOf(config: Config, identities: readonly string[] = []): Surroundings {
  const masterKey = masterKeyOf(config)
  const { place, passphrase, recipients } = config.backups
  const files = config.filesUrl ?? config.dataDir
  return {
    where: whereaboutsOf(config),
    archives: place ?? inside(files),
    files,
    keys: {
      ...(passphrase !== undefined && { passphrase }),
      recipients: [...recipients],
      identities: [ownIdentity(masterKey), ...identities],
    },
    masterKey,
    ownsMasterKey: config.masterKey === undefined,
  }
}
