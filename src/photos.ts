// Photos of products: made small and plain once, kept as files in the data directory under names that are never used again.
import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'

export const photoSizes = { large: 1024, small: 144 } as const
export type PhotoSize = keyof typeof photoSizes

/** What was sent is no photo that can be read. */
export class PhotoError extends Error {
  readonly code = 'invalid-photo'
  constructor(options?: ErrorOptions) {
    super('this is not a photo that can be read', options)
    this.name = 'PhotoError'
  }
}

/** Where photos are kept. */
export interface Photos {
  /** Keeps a photo under its id, durably: upright, without its metadata (where it was taken), as WebP. @throws PhotoError */
  keep(id: string, sent: Uint8Array): Promise<void>
  /** The photo as WebP; undefined when there is none. */
  read(id: string, size: PhotoSize): Promise<Uint8Array<ArrayBuffer> | undefined>
}

/** More pixels than a telephone takes are an attack on memory. */
const mostPixels = 60_000_000
const isId = (id: string): boolean => /^[\w-]{1,100}$/.test(id)

/** Photos as files in a directory. */
export function openPhotos(directory: string): Photos {
  const pathOf = (id: string, size: PhotoSize) => join(directory, `${id}-${size}.webp`)

  const write = async (path: string, bytes: Uint8Array): Promise<void> => {
    const file = await open(`${path}.part`, 'w', 0o600)
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(`${path}.part`, path)
  }

  return {
    async keep(id, sent) {
      if (!isId(id)) throw new PhotoError()
      await mkdir(directory, { recursive: true, mode: 0o700 })
      const made = await Promise.all([webp(sent, 'large'), webp(sent, 'small')])
      await write(pathOf(id, 'large'), made[0])
      await write(pathOf(id, 'small'), made[1])
    },
    async read(id, size) {
      if (!isId(id)) return undefined
      try {
        return new Uint8Array(await readFile(pathOf(id, size)))
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
        throw error
      }
    },
  }
}

/** What cameras and screens make; nothing that can refer to elsewhere, such as SVG. */
const formats: readonly (string | undefined)[] = ['jpeg', 'png', 'webp', 'heif', 'gif']

async function webp(sent: Uint8Array, size: PhotoSize): Promise<Buffer> {
  const side = photoSizes[size]
  try {
    // Loaded with the first photo: it takes a tenth of the start and of the memory.
    const { default: sharp } = await import('sharp')
    const { format } = await sharp(sent).metadata()
    if (!formats.includes(format)) throw new TypeError(`photos are not kept from ${format}`)
    return await sharp(sent, { limitInputPixels: mostPixels, failOn: 'error' })
      .autoOrient()
      .resize(side, side, { fit: size === 'small' ? 'cover' : 'inside', withoutEnlargement: size === 'large' })
      .webp({ quality: 80 })
      .toBuffer()
  } catch (error) {
    throw new PhotoError({ cause: error })
  }
}
