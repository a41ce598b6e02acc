// Files that every node must find, such as photos and backups: in a directory or in a bucket.
import { fileURLToPath } from 'node:url'
import { openDirectory } from './directory.ts'
import type { FileStore } from './file-store.ts'
import { parseS3Address } from './s3-address.ts'

export { openDirectory } from './directory.ts'
export { type Bytes, type FileStat, type FileStore, folderOf, InvalidNameError, readWhole } from './file-store.ts'

/** @throws TypeError when nothing can be opened at a place by that name */
export function checkPlace(place: string): void {
  if (place.startsWith('s3:')) parseS3Address(place)
  else if (place.startsWith('file:')) fileURLToPath(place)
}

/** Opens the store at a path, a file:// URL or an s3:// URL (see s3-address.ts). @throws TypeError when it cannot be understood */
export async function openFiles(place: string): Promise<FileStore> {
  if (place.startsWith('s3:')) {
    const address = parseS3Address(place)
    // Loaded only where there is a bucket.
    const { openS3 } = await import('./s3.ts')
    return openS3(address)
  }
  return openDirectory(place.startsWith('file:') ? fileURLToPath(place) : place)
}
