// Verifies an export offline, or the log in the stores: says whether anything was changed, and the first event that does not fit.
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import {
  type Evidence,
  type Finding,
  NotAnExportError,
  NotSealedError,
  publicKeyFrom,
  type Verdict,
  verifyExport,
  verifyLog,
} from '../audit/index.ts'
import { readConfig } from '../config.ts'
import { whereaboutsOf } from '../opening.ts'
import { offlineCommand, UsageError } from './command.ts'
import { fileOrText } from './moments.ts'

const witnessed = z.object({ size: z.int(), root: z.base64() })

interface Asked {
  readonly file: string | undefined
  readonly key: string | undefined
  readonly witness: string | undefined
  readonly json: boolean
}

export const verifyCommand = offlineCommand<Asked>({
  name: 'verify',
  summary: 'say whether anything in an export, or in the log, was changed',
  usage: 'verify [FILE] --key KEY [--witness FILE] [--json]',
  help: `Checks every event against the seals, and the seals against the public key. Of an export (FILE, or - for standard input) it needs nothing
else: no store, no server, no settings. Without a FILE it reads the log of the stores that the environment names, and has an embedded one check its
file: pages, indexes, and what leads from a stream to its events.
Exit code 0: all fits. 1: something does not; the first event that does not fit is named, and what was done to it:
changed, removed, inserted, reordered, re-signed (a seal that your key does not vouch for), damaged (the file, but no event that can be read).

  --key       the public key that you were given: one line of base64, a PEM block, or a file with either
  --witness   a file with the seals that a witness has kept, one JSON object with size and root a line
  --json      the verdict as JSON`,
  options: { key: { type: 'string' }, witness: { type: 'string' }, json: { type: 'boolean' } },
  parse({ key, witness, json }, [file, ...more]) {
    if (more.length > 0) throw new UsageError('verify takes one file')
    if (file !== undefined && typeof key !== 'string')
      throw new UsageError('an export is verified with --key, the public key that you trust')
    const text = (value: unknown) => (typeof value === 'string' ? value : undefined)
    return { file, key: text(key), witness: text(witness), json: json === true }
  },
  async runOffline({ file, key, witness, json }) {
    const seals = witness === undefined ? [] : await witnessedIn(witness)
    const verdict =
      file === undefined ? await verifyStores(key, seals) : await verifyFile(file, await evidence(key ?? '', seals))
    console.log(json ? JSON.stringify(verdict, null, 2) : told(verdict))
    return verdict.finding ? 1 : 0
  },
})

type Seals = NonNullable<Evidence['witnessed']>

async function witnessedIn(file: string): Promise<Seals> {
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line.trim() !== '')
  return lines.map((line) => {
    const { size, root } = witnessed.parse(JSON.parse(line))
    return { size, root: Buffer.from(root, 'base64') }
  })
}

/** @throws UsageError when it is no key */
async function evidence(key: string, seals: Seals): Promise<Evidence> {
  try {
    return { key: publicKeyFrom(await fileOrText(key)), witnessed: seals }
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

async function verifyFile(file: string, evidence: Evidence): Promise<Verdict> {
  const linesOf = (input: NodeJS.ReadableStream) => createInterface({ input, crlfDelay: Infinity })
  const lines = () => linesOf(createReadStream(file))
  try {
    if (file === '-') return await verifyExport(linesOf(process.stdin), evidence)
    return await verifyExport(lines(), evidence, lines)
  } catch (error) {
    if (error instanceof NotAnExportError) throw new UsageError(error.message)
    throw error
  }
}

async function verifyStores(key: string | undefined, seals: Seals): Promise<Verdict> {
  if (key === undefined)
    console.error(
      "Taking the log's own key. Who could replace that is not found: give the key that you kept, with --key.",
    )
  const given = key === undefined ? { witnessed: seals } : await evidence(key, seals)
  try {
    return await verifyLog(whereaboutsOf(readConfig(process.env)), given)
  } catch (error) {
    if (error instanceof NotSealedError) throw new UsageError('the log has no seal yet; npx caminho seal makes one')
    throw error
  }
}

const count = (number: number, what: string): string =>
  `${number.toLocaleString('en')} ${what}${number === 1 ? '' : 's'}`

function told({ finding, events, proved, seals, lastSeal }: Verdict): string {
  if (finding)
    return [
      `TAMPERED: ${finding.kind}`,
      ...toldFinding(finding),
      `What lies before event ${Math.min(proved, finding.index)} is proved.`,
    ].join('\n')
  if (!lastSeal) return `NOT PROVED: ${count(events, 'event')} without a seal.`
  const lines = [
    `WHOLE: ${count(proved, 'event')} proved by ${count(seals, 'seal')}, the last of ${lastSeal.at}.`,
    `Root ${lastSeal.root}, size ${lastSeal.size}: compare it with what your witness has kept.`,
  ]
  if (events > lastSeal.size)
    lines.push(`${count(events - lastSeal.size, 'event')} came after the last seal: nothing can be said of them yet.`)
  return lines.join('\n')
}

function toldFinding({ kind, index, event, detail }: Finding): string[] {
  const there =
    event &&
    `Event ${index}, counted from 0, is now ${event.type || 'a hash'} ${event.id} in ${event.stream} at revision ${event.revision}.`
  if (!event && kind === 'damaged') return [`No event before event ${index}, counted from 0, is amiss. But ${detail}.`]
  return [`The first event that does not fit is event ${index}: ${detail}.`, ...(there ? [there] : [])]
}
