// Files in a bucket of an S3-compatible object store: small ones in one request, larger ones in parts that become visible together.
import { createHash } from 'node:crypto'
import { AwsClient } from 'aws4fetch'
import { UnavailableError } from '../kernel/errors.ts'
import { type Bytes, type FileStat, type FileStore, nameOf } from './file-store.ts'
import type { S3Address } from './s3-address.ts'

/** Bytes of a part: at least 5 MiB (S3's own rule), and 10,000 parts make 78 GiB. Two are held in memory at the most. */
const partBytes = 8 * 1024 * 1024
const part = 'the bucket of files'

const noneOfThat = '<Error><Code>NotFound</Code></Error>'

interface Asked {
  readonly query?: Readonly<Record<string, string>>
  readonly body?: Uint8Array<ArrayBuffer>
  readonly headers?: Readonly<Record<string, string>>
}

/** A store of files in a bucket, which must exist. */
export function openS3({ url, prefix, region, ...credentials }: S3Address): FileStore {
  // A short patience: whoever asks has one of their own, or repeats a whole backup.
  const client = new AwsClient({ ...credentials, region, service: 's3', retries: 3 })
  const keyOf = (name: string) => `${prefix}${nameOf(name)}`

  /** Undefined for what is not there. */
  const ask = async (method: string, key: string, { query, body, headers }: Asked = {}) => {
    const address = new URL(key === '' ? url : `${url}/${key}`)
    for (const [field, value] of Object.entries(query ?? {})) address.searchParams.set(field, value)
    const content = { 'x-amz-content-sha256': sha256(body ?? new Uint8Array()), ...headers }
    const response = await reaching(() => client.fetch(address, { method, headers: content, ...(body && { body }) }))
    if (response.status === 404) {
      await response.body?.cancel()
      return undefined
    }
    if (!response.ok) throw new UnavailableError(part, { cause: new Error(await failureOf(response)) })
    return response
  }

  const answerTo = async (method: string, key: string, asked: Asked, absent = noneOfThat): Promise<string> => {
    const response = await ask(method, key, asked)
    const text = response ? await reaching(() => response.text()) : absent
    // An upload may be completed with status 200 and yet have failed.
    if (text.includes('<Error>')) throw new UnavailableError(part, { cause: new Error(textIn(text, 'Code')) })
    return text
  }

  const writeParts = async (
    key: string,
    first: Uint8Array<ArrayBuffer>,
    rest: AsyncIterable<Uint8Array<ArrayBuffer>>,
  ) => {
    const uploadId = textIn(await answerTo('POST', key, { query: { uploads: '' } }), 'UploadId')
    try {
      const tags: string[] = []
      const send = async (body: Uint8Array<ArrayBuffer>) => {
        const sent = await ask('PUT', key, { query: { partNumber: String(tags.length + 1), uploadId }, body })
        tags.push(sent?.headers.get('etag') ?? '')
        return body.byteLength
      }
      let bytes = await send(first)
      for await (const body of rest) bytes += await send(body)
      await answerTo('POST', key, { query: { uploadId }, body: new TextEncoder().encode(completion(tags)) })
      return bytes
    } catch (error) {
      await ask('DELETE', key, { query: { uploadId } }).catch(() => undefined)
      throw error
    }
  }

  async function* entries(query: Readonly<Record<string, string>>, entry: string, mark: (page: string) => object) {
    for (let more: object | undefined = {}; more; ) {
      // Of uploads, some servers say that there are none by a 404.
      const absent = 'uploads' in query ? '' : noneOfThat
      const page: string = await answerTo('GET', '', { query: { ...query, ...more } }, absent)
      yield* elementsOf(page, entry)
      more = textIn(page, 'IsTruncated') === 'true' ? mark(page) : undefined
    }
  }

  return {
    async write(name, content) {
      const key = keyOf(name)
      const parts = inParts(content)
      const first = await parts.next()
      const body = first.done ? new Uint8Array() : first.value
      if (body.byteLength === partBytes) return writeParts(key, body, parts)
      if (!(await ask('PUT', key, { body }))) throw new UnavailableError(part, { cause: new Error('no such bucket') })
      return body.byteLength
    },

    async read(name, from = 0) {
      const response = await ask('GET', keyOf(name), from > 0 ? { headers: { range: `bytes=${from}-` } } : {})
      return response && arriving(response)
    },

    async stat(name) {
      const response = await ask('HEAD', keyOf(name))
      if (!response) return undefined
      const modified = response.headers.get('last-modified') ?? 0
      return { name, bytes: Number(response.headers.get('content-length')), modifiedAt: new Date(modified) }
    },

    async *list(wanted) {
      const query = { 'list-type': '2', prefix: `${prefix}${wanted}` }
      const next = (page: string) => ({ 'continuation-token': textIn(page, 'NextContinuationToken') })
      for await (const entry of entries(query, 'Contents', next))
        yield {
          name: textIn(entry, 'Key').slice(prefix.length),
          bytes: Number(textIn(entry, 'Size')),
          modifiedAt: new Date(textIn(entry, 'LastModified')),
        } satisfies FileStat
    },

    async delete(name) {
      const there = (await ask('HEAD', keyOf(name))) !== undefined
      await ask('DELETE', keyOf(name))
      return there
    },

    async sweep(folder) {
      let swept = 0
      const next = (page: string) => ({
        'key-marker': textIn(page, 'NextKeyMarker'),
        'upload-id-marker': textIn(page, 'NextUploadIdMarker'),
      })
      for await (const upload of entries({ uploads: '', prefix: `${keyOf(folder)}/` }, 'Upload', next)) {
        await ask('DELETE', textIn(upload, 'Key'), { query: { uploadId: textIn(upload, 'UploadId') } })
        swept += 1
      }
      return swept
    },
  }
}

/** The content in bodies of exactly the size of a part, the last one shorter; none for no content. */
async function* inParts(content: Bytes): AsyncGenerator<Uint8Array<ArrayBuffer>, undefined> {
  let body = new Uint8Array(partBytes)
  let filled = 0
  for await (const piece of content)
    for (let taken = 0; taken < piece.byteLength; ) {
      const some = piece.subarray(taken, taken + partBytes - filled)
      body.set(some, filled)
      filled += some.byteLength
      taken += some.byteLength
      if (filled < partBytes) continue
      yield body
      body = new Uint8Array(partBytes)
      filled = 0
    }
  if (filled > 0) yield body.subarray(0, filled)
}

/** Takes the response, not its body: the body of a response that nobody holds any more is cancelled, and then looks like an empty one. */
async function* arriving(response: Response): AsyncGenerator<Uint8Array> {
  try {
    yield* response.body ?? []
  } catch (cause) {
    throw new UnavailableError(part, { cause })
  }
}

async function reaching<Result>(use: () => Promise<Result>): Promise<Result> {
  try {
    return await use()
  } catch (cause) {
    throw new UnavailableError(part, { cause })
  }
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

const failureOf = async (response: Response): Promise<string> =>
  `status ${response.status} ${textIn(await response.text().catch(() => ''), 'Code')}`

const completion = (tags: readonly string[]): string =>
  `<CompleteMultipartUpload>${tags
    .map((tag, i) => `<Part><PartNumber>${i + 1}</PartNumber><ETag>${tag.replaceAll('"', '&quot;')}</ETag></Part>`)
    .join('')}</CompleteMultipartUpload>`

// S3's answers are flat lists of short texts: their elements are found by name.
const elementsOf = (xml: string, name: string): string[] =>
  [...xml.matchAll(new RegExp(`<${name}>(.*?)</${name}>`, 'gs'))].map(([, inner]) => inner ?? '')
const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  '#34': '"',
  '#39': "'",
}
const textIn = (xml: string, name: string): string =>
  (elementsOf(xml, name)[0] ?? '').replaceAll(/&([\w#]+);/g, (whole, entity) => entities[entity] ?? whole)
