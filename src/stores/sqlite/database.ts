// How every embedded store opens its file: WAL, so that readers and one writer do not wait for one another, and a patience for other processes.
import { existsSync } from 'node:fs'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { UnavailableError } from '../../kernel/errors.ts'

export interface DatabaseOptions {
  readonly path: string
  readonly readOnly?: boolean
  /** `full`: what is committed survives a power cut. `normal`: the last commits may be lost by one, but the file stays sound. */
  readonly durability: 'full' | 'normal'
  /** Milliseconds to wait for another process that is writing; default 5,000. */
  readonly busyTimeout?: number
  /** Megabytes of pages that this connection keeps; the system's own cache holds the file besides. */
  readonly cache: number
}

/**
 * Pages (of 4 kB) that the write-ahead log grows to before they go into the file: the commit that moves them is a slow one, so it is a rare
 * one, and pages that were written often in between are moved once.
 */
const pagesBeforeCheckpoint = 8_000

/** @throws UnavailableError when the file cannot be opened. */
export function openDatabase(
  part: string,
  { path, readOnly, durability, busyTimeout, cache }: DatabaseOptions,
): DatabaseSync {
  return reaching(part, () => {
    const db = new DatabaseSync(path, { readOnly: readOnly ?? false, timeout: busyTimeout ?? 5_000 })
    if (!readOnly) db.exec(`PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = ${pagesBeforeCheckpoint}`)
    db.exec(`PRAGMA synchronous = ${durability}; PRAGMA cache_size = -${cache * 1_000}`)
    return db
  })
}

/**
 * Opens a new file to fill it at once, for nobody else: written without a log of any kind and without waiting for the disk, in one
 * transaction that is open already. After a crash, or an error of the disk, it is worth nothing.
 */
export function openForFilling(part: string, { path, cache }: Pick<DatabaseOptions, 'path' | 'cache'>): DatabaseSync {
  return reaching(part, () => {
    const db = new DatabaseSync(path, { timeout: 0 })
    db.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF')
    db.exec(`PRAGMA cache_size = -${cache * 1_000}; BEGIN EXCLUSIVE`)
    return db
  })
}

/** Runs what needs the file, and turns its failure into the kernel's error. */
export function reaching<Result>(part: string, use: () => Result): Result {
  try {
    return use()
  } catch (cause) {
    throw new UnavailableError(part, { cause })
  }
}

/** A statement whose rows are arrays: half the time of objects when there are many. */
export function rowsOf(db: DatabaseSync, sql: string): StatementSync {
  const statement = db.prepare(sql)
  statement.setReturnArrays(true)
  return statement
}

/** Tells whether another connection (of this process or another) has committed since it was last asked. */
export function foreignCommits(db: DatabaseSync): () => boolean {
  const version = rowsOf(db, 'PRAGMA data_version')
  const ask = () => single(version.get())
  let known = ask()
  return () => {
    const before = known
    known = ask()
    return known !== before
  }
}

/** The one column of a row of a `rowsOf` statement. */
export function single(row: unknown): unknown {
  return Array.isArray(row) ? row[0] : undefined
}

const [busy, corrupt, noDatabase] = [5, 11, 26]
const codeOf = (error: unknown): unknown => (error instanceof Error && 'errcode' in error ? error.errcode : undefined)

/** Whether anybody has the file of a store open, in this process or another. Nobody, where there is no file. */
export function isInUse(path: string): boolean {
  if (!existsSync(path)) return false
  const db = new DatabaseSync(path, { timeout: 0 })
  try {
    // Whoever has it open holds a shared lock; this asks for the exclusive one.
    db.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN IMMEDIATE; COMMIT')
    return false
  } catch (error) {
    if (codeOf(error) === busy) return true
    // Whoever had it open has crashed, or it never was one.
    if (codeOf(error) === corrupt || codeOf(error) === noDatabase) return false
    throw error
  } finally {
    db.close()
  }
}
