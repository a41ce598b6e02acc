// The room for the data: what the file system has left, or what is left of a quota, where one is set and is reached sooner.
import { readdir, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'

export interface Room {
  /** Bytes. */
  readonly free: number
  /** Share that is free, from 0 to 1. */
  readonly share: number
}

/** Bytes of all files under a folder; one that goes away meanwhile counts as nothing. */
async function usedIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const sizes = entries
    .filter((entry) => entry.isFile())
    .map(async ({ parentPath, name }) => (await stat(join(parentPath, name)).catch(() => undefined))?.size ?? 0)
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
}

/** `quota`: bytes that the folder may hold. */
export async function roomIn(folder: string, quota?: number): Promise<Room> {
  const { bavail, blocks, bsize } = await statfs(folder)
  const onDisk = { free: bavail * bsize, share: blocks === 0 ? 1 : bavail / blocks }
  if (quota === undefined) return onDisk
  const left = Math.max(0, quota - (await usedIn(folder)))
  const ofQuota = { free: left, share: left / quota }
  return ofQuota.share < onDisk.share ? ofQuota : onDisk
}
