// Verifying an export: offline, with a public key and the file alone.
import type { KeyObject } from 'node:crypto'
import { sealEvents } from '../domain/seals/events.ts'
import { type ExportHeader, type ExportPart, readExport } from './export-file.ts'
import { isIncluded, type TreeHead } from './merkle.ts'
import { Trust } from './trust.ts'
import { type Entry, type Finding, named, type Verdict, Verifier } from './verification.ts'

/** What an auditor brings along. */
export interface Evidence {
  readonly key: KeyObject
  readonly witnessed?: readonly TreeHead[]
}

type Parts = AsyncGenerator<ExportPart>

/**
 * The verdict on an export, whose lines come without their line feeds. `again`: reads it once more where something does not fit, to name it.
 * @throws NotAnExportError
 */
export async function verifyExport(
  lines: AsyncIterable<string>,
  evidence: Evidence,
  again?: () => AsyncIterable<string>,
): Promise<Verdict> {
  const parts = readExport(lines)
  const first = await parts.next()
  if (first.done || first.value.kind !== 'header') throw new TypeError('an export begins with its header')
  const { header } = first.value
  if (header.filter) return verifyChosen(parts, header, evidence)
  const verdict = await verifyWhole(parts, header, evidence)
  return again ? named(verdict, entriesOf(again()), header.from.size) : verdict
}

async function* entriesOf(lines: AsyncIterable<string>): AsyncGenerator<Entry> {
  for await (const part of readExport(lines)) if (part.kind === 'event') yield part.entry
}

async function verifyWhole(parts: Parts, { from, keys }: ExportHeader, evidence: Evidence): Promise<Verdict> {
  const verifier = new Verifier({ ...evidence, from, keys })
  let end: Extract<ExportPart, { kind: 'end' }> | undefined
  for await (const part of parts) {
    if (part.kind === 'event') verifier.take(part.entry)
    if (part.kind === 'end') end = part
  }
  const verdict = verifier.finish()
  return verdict.finding ? verdict : { ...verdict, finding: fileFinding(verdict.events, from.size, end) }
}

/** What is wrong with a file all of whose events fit. */
function fileFinding(
  events: number,
  from: number,
  end: Extract<ExportPart, { kind: 'end' }> | undefined,
): Finding | undefined {
  const seen = events - from
  const finding = (kind: Finding['kind'], detail: string): Finding => ({
    kind,
    index: events,
    event: undefined,
    detail,
  })
  if (!end) return finding('removed', 'the file stops before its end')
  if (end.events > seen) return finding('removed', `the file had ${end.events} events and has ${seen}`)
  if (end.events < seen) return finding('inserted', `the file had ${end.events} events and has ${seen}`)
  return end.intact
    ? undefined
    : finding('damaged', 'the file was changed after it was written, but none of its events')
}

/** Each event of a filtered export has a proof of its own. That none was left out cannot be proved. */
async function verifyChosen(parts: Parts, { keys, seal }: ExportHeader, { key }: Evidence): Promise<Verdict> {
  const trust = new Trust(key)
  const parsed = sealEvents.types.LogSealed.schema.safeParse(seal)
  const doubts = [
    ...keys.map((data) => trust.introduce(data)),
    parsed.success ? trust.judge(parsed.data) : 'the seal cannot be read',
  ]
  const doubt =
    doubts.find((found) => found !== undefined) ?? (trust.proved ? undefined : 'the seal is not by your key')
  let finding: Finding | undefined =
    doubt === undefined ? undefined : { kind: 're-signed', index: 0, event: undefined, detail: doubt }
  let events = 0
  let end: Extract<ExportPart, { kind: 'end' }> | undefined
  for await (const part of parts) {
    if (part.kind === 'end') end = part
    if (part.kind !== 'event') continue
    const { entry, proof } = part
    const head = parsed.success && { size: parsed.data.size, root: Buffer.from(parsed.data.root, 'base64') }
    const fits = head && proof && isIncluded({ leaf: entry.leaf, index: proof.index, ...head }, proof.path)
    if (!fits)
      finding ??= {
        kind: 'changed',
        index: proof?.index ?? events,
        event: entry.event,
        detail: 'its proof does not lead to the seal',
      }
    events += 1
  }
  finding ??= fileFinding(events, 0, end)
  const lastSeal = parsed.success ? { size: parsed.data.size, root: parsed.data.root, at: parsed.data.at } : undefined
  return { finding, events, proved: finding ? 0 : events, seals: lastSeal ? 1 : 0, lastSeal }
}
