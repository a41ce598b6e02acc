// Photos at Cloudinary too: a copy that every node finds, and that survives the loss of the files. Its upload API (v1_1), signed with SHA-256.
import { createHash } from 'node:crypto'
import { UnavailableError } from './kernel/errors.ts'

/** From `cloudinary://KEY:SECRET@cloud`. */
export interface CloudinaryAddress {
  readonly cloud: string
  readonly key: string
  readonly secret: string
  /** Where the API is, and where files are delivered from. */
  readonly api: string
  readonly delivery: string
}

const part = 'Cloudinary'

/**
 * Reads the URL that Cloudinary's console shows; `?api=…&delivery=…` names other servers than Cloudinary's own. @throws TypeError
 */
export function parseCloudinaryAddress(text: string): CloudinaryAddress {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol !== 'cloudinary:' || url.host === '' || url.username === '' || url.password === '')
    throw new TypeError('must be cloudinary://KEY:SECRET@cloud, as Cloudinary shows it')
  const { searchParams } = url
  return {
    cloud: url.host,
    key: decodeURIComponent(url.username),
    secret: decodeURIComponent(url.password),
    api: searchParams.get('api') ?? 'https://api.cloudinary.com',
    delivery: searchParams.get('delivery') ?? 'https://res.cloudinary.com',
  }
}

/** The signature of an upload: the parameters in order of name, then the secret (Cloudinary, "Generating authentication signatures"). */
export function signatureOf(parameters: Readonly<Record<string, string>>, secret: string): string {
  const text = Object.entries(parameters)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
  return createHash('sha256')
    .update(text + secret)
    .digest('hex')
}

export interface Cloudinary {
  /** Keeps a picture under a name, in place of one that had it. @throws UnavailableError */
  keep(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>
  /** The picture as it was kept; undefined when there is none. @throws UnavailableError */
  read(name: string): Promise<Uint8Array<ArrayBuffer> | undefined>
}

/** Milliseconds to wait for an answer. */
const patience = 15_000

/** Pictures at Cloudinary, in its folder `caminho`. */
export function openCloudinary({ cloud, key, secret, api, delivery }: CloudinaryAddress, now: () => Date): Cloudinary {
  const ask = async (url: string, init: RequestInit = {}): Promise<Response> => {
    let response: Response
    try {
      response = await fetch(url, { ...init, signal: AbortSignal.timeout(patience) })
    } catch (cause) {
      throw new UnavailableError(part, { cause })
    }
    if (response.ok || response.status === 404) return response
    await response.body?.cancel()
    throw new UnavailableError(part, { cause: new Error(`status ${response.status}`) })
  }

  return {
    async keep(name, bytes) {
      const signed = {
        overwrite: 'true',
        public_id: `caminho/${name}`,
        timestamp: String(Math.floor(now().getTime() / 1_000)),
      }
      const form = new FormData()
      const rest = { api_key: key, signature: signatureOf(signed, secret), signature_algorithm: 'sha256' }
      for (const [field, value] of Object.entries({ ...signed, ...rest })) form.set(field, value)
      form.set('file', new Blob([bytes], { type: 'image/webp' }), `${name}.webp`)
      const answer = await ask(`${api}/v1_1/${cloud}/image/upload`, { method: 'POST', body: form })
      await answer.body?.cancel()
      if (!answer.ok) throw new UnavailableError(part, { cause: new Error(`status ${answer.status}`) })
    },

    async read(name) {
      const answer = await ask(`${delivery}/${cloud}/image/upload/caminho/${name}.webp`)
      if (answer.ok) return new Uint8Array(await answer.arrayBuffer())
      await answer.body?.cancel()
      return undefined
    },
  }
}
