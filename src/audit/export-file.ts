// The export of a log: NDJSON, made so that it can be verified with a public key and nothing else. docs/audit.md tells the format.
import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { RecordedEvent } from '../kernel/event.ts'
import { canonicalJson, canonicalText } from './canonical.ts'
import { unreadable } from './entries.ts'
import { type Hash, leafHash } from './merkle.ts'
import type { Entry } from './verification.ts'

const hash = z.base64().transform((text) => Buffer.from(text, 'base64'))

/** What an inclusion proof says, from the bottom up. */
const inclusion = z.strictObject({ index: z.int().nonnegative(), path: z.array(hash) })

export interface ExportHeader {
  /** ISO 8601 UTC. */
  readonly exportedAt: string
  /** What was left out; null when it is a whole part of the log. */
  readonly filter: Readonly<Record<string, unknown>> | null
  /** The tree of all that lies before the first event. */
  readonly from: { readonly size: number; readonly peaks: readonly Hash[] }
  /** What introduced the sealing keys before the first event (all, in a filtered export). */
  readonly keys: readonly unknown[]
  /** In a filtered export: the seal that the proofs of its events lead to. */
  readonly seal: unknown
}

const header = z.strictObject({
  caminho: z.literal('export/1'),
  exportedAt: z.iso.datetime(),
  filter: z.record(z.string(), z.unknown()).nullable(),
  from: z.strictObject({ size: z.int().nonnegative(), peaks: z.array(hash) }),
  keys: z.array(z.unknown()),
  seal: z.unknown(),
})

/** `event`: the canonical JSON itself; left out where only its hash was asked for. */
const line = z.strictObject({
  position: z.string(),
  hash,
  event: z
    .looseObject({ id: z.string(), type: z.string(), stream: z.string(), revision: z.string(), data: z.unknown() })
    .optional(),
  proof: inclusion.optional(),
})
const end = z.strictObject({ end: z.strictObject({ events: z.int(), digest: z.string() }) })

/** Seals and keys are always written whole: without them nothing can be verified. */
const isEvidence = ({ type }: RecordedEvent): boolean => type === 'LogSealed' || type === 'SealingKeyIntroduced'

export interface ExportedEvent {
  readonly event: RecordedEvent
  readonly leaf: Hash
  readonly proof?: { readonly index: number; readonly path: readonly Hash[] }
}

const base64s = (hashes: readonly Hash[]): string[] => hashes.map((bytes) => bytes.toString('base64'))

/** The lines of an export, each with its line feed. `hashesOnly` leaves out what the events say. */
export async function* exportLines(
  head: ExportHeader,
  pages: AsyncIterable<readonly ExportedEvent[]>,
  { hashesOnly = false } = {},
): AsyncGenerator<string> {
  const digest = createHash('sha256')
  let events = 0
  const told = (text: string): string => {
    digest.update(text)
    return text
  }
  const from = { size: head.from.size, peaks: base64s(head.from.peaks) }
  yield told(`${JSON.stringify({ caminho: 'export/1', ...head, from })}\n`)
  for await (const page of pages) {
    let text = ''
    for (const { event, leaf, proof } of page) {
      const whole = !hashesOnly || isEvidence(event) ? `,"event":${canonicalText(event)}` : ''
      const proved = proof ? `,"proof":${JSON.stringify({ index: proof.index, path: base64s(proof.path) })}` : ''
      text += `{"position":"${event.position}","hash":"${leaf.toString('base64')}"${whole}${proved}}\n`
    }
    events += page.length
    yield told(text)
  }
  yield `${JSON.stringify({ end: { events, digest: digest.digest('hex') } })}\n`
}

/** An export that is being read. */
export type ExportPart =
  | { readonly kind: 'header'; readonly header: ExportHeader }
  | { readonly kind: 'event'; readonly entry: Entry; readonly proof: z.infer<typeof inclusion> | undefined }
  /** `intact`: the file is, byte for byte, what was written. */
  | { readonly kind: 'end'; readonly events: number; readonly intact: boolean }

/** This is no export, or one of a later version. */
export class NotAnExportError extends Error {
  readonly code = 'not-an-export'
  constructor() {
    super('this is no export of a log: the first line must be the header that npx caminho export writes')
    this.name = 'NotAnExportError'
  }
}

/** Reads an export line by line; lines come without their line feeds. @throws NotAnExportError */
export async function* readExport(lines: AsyncIterable<string>): AsyncGenerator<ExportPart> {
  const digest = createHash('sha256')
  let started = false
  for await (const text of lines) {
    const value = jsonIn(text)
    if (!started) {
      const parsed = header.safeParse(value)
      if (!parsed.success) throw new NotAnExportError()
      started = true
      yield { kind: 'header', header: parsed.data }
    } else {
      const ended = end.safeParse(value)
      if (ended.success) {
        const { events, digest: written } = ended.data.end
        return yield { kind: 'end', events, intact: digest.digest('hex') === written }
      }
      yield { kind: 'event', ...eventIn(text, value) }
    }
    digest.update(text).update('\n')
  }
  if (!started) throw new NotAnExportError()
}

function eventIn(text: string, value: unknown) {
  const parsed = line.safeParse(value)
  if (!parsed.success) return { entry: unreadable(text), proof: undefined }
  const { event, hash, proof } = parsed.data
  if (!event)
    return { entry: { leaf: hash, event: { id: '', type: '', stream: '', revision: '' }, data: undefined }, proof }
  const { id, type, stream, revision, data } = event
  const leaf = leafHash(canonicalJson(event))
  return { entry: { leaf, event: { id, type, stream, revision }, data }, proof }
}

const jsonIn = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
