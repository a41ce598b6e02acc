// Photos of products: made small and plain once, kept as files under names that are never used again.
import type { Cloudinary } from './cloudinary.ts'
import { type FileStore, readWhole } from './files/index.ts'

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

/** Photos as files of a store, each with a copy at Cloudinary where that is given: what is not among the files is fetched from there. */
export function openPhotos(files: FileStore, cloudinary?: Cloudinary): Photos {
  const nameOf = (id: string, size: PhotoSize) => `${id}-${size}`

  const keepOne = async (name: string, bytes: Buffer): Promise<void> => {
    await files.write(`${name}.webp`, [bytes])
    await cloudinary?.keep(name, new Uint8Array(bytes))
  }

  const fetchOne = async (name: string): Promise<Uint8Array<ArrayBuffer> | undefined> => {
    const bytes = await cloudinary?.read(name)
    // The next reader has it nearer, and so has a backup.
    if (bytes) await files.write(`${name}.webp`, [bytes])
    return bytes
  }

  return {
    async keep(id, sent) {
      if (!isId(id)) throw new PhotoError()
      const [large, small] = await Promise.all([webp(sent, 'large'), webp(sent, 'small')])
      await keepOne(nameOf(id, 'large'), large)
      await keepOne(nameOf(id, 'small'), small)
    },
    async read(id, size) {
      if (!isId(id)) return undefined
      const name = nameOf(id, size)
      const bytes = await readWhole(files, `${name}.webp`)
      return bytes ? new Uint8Array(bytes) : fetchOne(name)
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
