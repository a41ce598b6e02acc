// Judges the DKIM signature of a mail as a receiving server does: RFC 6376, for rsa-sha256 and relaxed canonicalisation.
import { createHash, type KeyObject, verify } from 'node:crypto'

export interface Judgement {
  /** The signature's own words: `d` the domain, `s` the selector, `h` the headers that it covers, … */
  readonly tags: ReadonlyMap<string, string>
  readonly bodyIsWhole: boolean
  readonly headersAreSigned: boolean
}

/** RFC 6376 3.4.4. */
const relaxedBody = (body: string): string => {
  const lines = body.replaceAll(/[ \t]+/g, ' ').replaceAll(/ (?=\r\n)/g, '')
  const trimmed = lines.replace(/(\r\n)+$/, '')
  return trimmed === '' ? '' : `${trimmed}\r\n`
}

/** RFC 6376 3.4.2. */
const relaxedHeader = (header: string): string => {
  const colon = header.indexOf(':')
  const value = header
    .slice(colon + 1)
    .replaceAll('\r\n', '')
    .replaceAll(/[ \t]+/g, ' ')
  return `${header.slice(0, colon).trim().toLowerCase()}:${value.trim()}`
}

const nameOf = (header: string): string => header.slice(0, header.indexOf(':')).trim().toLowerCase()

const tagsOf = (header: string): Map<string, string> =>
  new Map(
    header
      .slice(header.indexOf(':') + 1)
      .split(';')
      .filter((tag) => tag.includes('='))
      .map((tag) => [tag.slice(0, tag.indexOf('=')).trim(), tag.slice(tag.indexOf('=') + 1).replaceAll(/\s/g, '')]),
  )

/** What the signature on a mail is worth under a public key; undefined for a mail that bears none. */
export function judgeDkim(source: string, publicKey: KeyObject): Judgement | undefined {
  const end = source.indexOf('\r\n\r\n')
  const headers = source.slice(0, end).split(/\r\n(?![ \t])/)
  const signature = headers.find((header) => nameOf(header) === 'dkim-signature')
  if (signature === undefined) return undefined
  const tags = tagsOf(signature)
  if (tags.get('a') !== 'rsa-sha256' || tags.get('c') !== 'relaxed/relaxed') return undefined

  // Of several headers of one name the last that is not taken yet; one that is not there counts as nothing (5.4.2).
  const left = [...headers]
  const take = (name: string): string[] => {
    const at = left.findLastIndex((header) => nameOf(header) === name.toLowerCase())
    return at < 0 ? [] : left.splice(at, 1)
  }
  const signed = (tags.get('h') ?? '').split(':').flatMap(take).map(relaxedHeader)
  const unsigned = relaxedHeader(signature.replace(/([;\s]b=)[^;]*/, '$1'))
  const bodyHash = createHash('sha256')
    .update(relaxedBody(source.slice(end + 4)))
    .digest('base64')
  return {
    tags,
    bodyIsWhole: bodyHash === tags.get('bh'),
    headersAreSigned: verify(
      'sha256',
      Buffer.from([...signed, unsigned].join('\r\n')),
      publicKey,
      Buffer.from(tags.get('b') ?? '', 'base64'),
    ),
  }
}
