// Why an archive cannot serve. Nothing was touched when one of these is thrown.

const reasons = {
  'wrong-key':
    'no passphrase or key that is at hand opens the archive; set BACKUP_PASSPHRASE as it was, or give its identity',
  'damaged-archive': 'the archive is damaged: it is not what was written; use another one',
  'foreign-archive': 'the archive is of another company or program; it is not restored here',
  'missing-archive': 'the archive, or the full one that it builds upon, is not there; put its file back',
  'other-master-key': 'the archive was made under another master key; set MASTER_KEY to that one',
  'target-not-empty': 'the log that it is to be restored into holds something already; ask for the restore anew',
  'nothing-to-restore': 'the archive holds nothing up to that point; choose a later one',
} as const

export type ArchiveErrorCode = keyof typeof reasons

/** An archive is not what it should be. `code` never changes; `detail` says what was found. */
export class ArchiveError extends Error {
  readonly code: ArchiveErrorCode
  constructor(code: ArchiveErrorCode, detail = '', options?: ErrorOptions) {
    super(detail === '' ? reasons[code] : `${reasons[code]} (${detail})`, options)
    this.name = 'ArchiveError'
    this.code = code
  }
}

export const isArchiveErrorCode = (code: string): code is ArchiveErrorCode => Object.hasOwn(reasons, code)
