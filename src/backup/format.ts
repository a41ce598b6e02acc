// What is in an archive: a tar file, zstd-compressed, encrypted with age. docs/operations.md tells how the standard tools open it.
import { z } from 'zod'
import { GrowingTree } from '../audit/index.ts'
import { backupKind } from '../domain/backups/events.ts'

const hash = z.string().regex(/^[\da-f]{64}$/)
const position = z.string().regex(/^(-1|\d+)$/)

/** A Merkle tree over the log's beginning: enough to go on from. Hashes in hexadecimal. */
const treeState = z.object({ size: z.int().nonnegative(), peaks: z.array(hash) })
export type TreeState = z.infer<typeof treeState>

/** The first entry, `manifest.json`: what the archive is to be. */
export const manifest = z.object({
  format: z.literal('caminho-backup'),
  version: z.literal(1),
  id: z.string(),
  kind: backupKind,
  baseId: z.string().nullable(),
  createdAt: z.iso.datetime(),
  /** The id of the log's first event, which tells one company's log from another's; null for an empty log. */
  log: z.string().nullable(),
  /** A fingerprint of the master key under which the personal keys are wrapped. */
  masterKey: z.string(),
  /** What the events follow upon: nothing, for a full archive. */
  from: treeState.extend({ position }),
})
export type Manifest = z.infer<typeof manifest>

/** The last entry, `summary.json`: what it came to be. An archive without it is half of one. */
export const summary = z.object({
  /** Events in this archive. */
  events: z.int().nonnegative(),
  toPosition: position,
  /** Of the whole log up to there. */
  root: hash,
  ...treeState.shape,
  keys: z.int().nonnegative(),
  photos: z.int().nonnegative(),
})
export type Summary = z.infer<typeof summary>

/** An entry of a key-value space, as a line of `keys/*.ndjson`. */
export const keyLine = z.object({ space: z.string(), key: z.string(), value: z.unknown() })
export type KeyLine = z.infer<typeof keyLine>

/** The names of entries, in their order. Numbers have eight digits, from 1. */
export const names = {
  manifest: 'manifest.json',
  events: (part: number) => `events/${String(part).padStart(8, '0')}.ndjson`,
  keys: (part: number) => `keys/${String(part).padStart(8, '0')}.ndjson`,
  photo: (name: string) => `photos/${name}`,
  masterKey: 'master.key',
  summary: 'summary.json',
} as const

/** The name of an archive's file. */
export const fileOf = (backupId: string): string => `archives/${backupId}.tar.zst.age`
/** The id of the backup in a file of that name; undefined for another file. */
export const backupIn = (file: string): string | undefined => /^archives\/([\w-]+)\.tar\.zst\.age$/.exec(file)?.[1]

export const treeFrom = ({ size, peaks }: TreeState): GrowingTree =>
  new GrowingTree(
    size,
    peaks.map((peak) => Buffer.from(peak, 'hex')),
  )
export const stateOf = (tree: GrowingTree): TreeState => ({
  size: tree.size,
  peaks: tree.peaks.map((peak) => peak.toString('hex')),
})
