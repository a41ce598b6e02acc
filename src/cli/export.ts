// Writes the log, or a part of it, for an auditor: NDJSON that can be verified with a public key and nothing else.
import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { exportLog, openAudit } from '../audit/index.ts'
import { command, UsageError } from './command.ts'
import { momentIn, textsOf } from './moments.ts'

export const exportCommand = command({
  name: 'export',
  summary: 'write the log, or a part of it, for an auditor',
  usage:
    'export [--from MOMENT] [--to MOMENT] [--stream PREFIX]… [--type TYPE]… [--person ID] [--hashes] [--output FILE]',
  help: `Writes NDJSON: a header, each event as its canonical JSON with its position and hash, and an end. npx caminho verify checks it.
Personal data stays encrypted. A MOMENT is a position, an instant (2026-03-31T12:00:00Z) or a day (its end, for --to; its beginning, for --from).

  --stream, --type   only these (a stream by the beginning of its name); may be repeated
  --person           only what this person did, by id
  --hashes           only the hashes, not what the events say
  --output           a file; standard output without it

A choice of streams, types or persons has a proof beside each event, since what was left out cannot be verified.`,
  options: {
    from: { type: 'string' },
    to: { type: 'string' },
    stream: { type: 'string', multiple: true },
    type: { type: 'string', multiple: true },
    person: { type: 'string' },
    hashes: { type: 'boolean' },
    output: { type: 'string' },
  },
  parse({ from, to, stream, type, person, hashes, output }, positionals) {
    if (positionals.length > 0) throw new UsageError(`export takes no ${positionals[0]}; see --help`)
    const [types, streamPrefixes] = [textsOf(type), textsOf(stream)]
    return {
      from: typeof from === 'string' ? from : undefined,
      to: typeof to === 'string' ? to : undefined,
      filter: {
        ...(types.length > 0 && { types }),
        ...(streamPrefixes.length > 0 && { streamPrefixes }),
      },
      actor: typeof person === 'string' ? `person:${person}` : undefined,
      hashesOnly: hashes === true,
      output: typeof output === 'string' ? output : undefined,
    }
  },
  async run(system, { from, to, filter, actor, hashesOnly, output }) {
    const lines = await exportLog(openAudit(system), {
      hashesOnly,
      ...(from !== undefined && { from: await momentIn(system, from, 'beginning') }),
      ...(to !== undefined && { to: await momentIn(system, to, 'end') }),
      ...(Object.keys(filter).length > 0 && { filter }),
      ...(actor !== undefined && { actor }),
    })
    await pipeline(Readable.from(lines), output === undefined ? process.stdout : createWriteStream(output), {
      end: output !== undefined,
    })
    return 0
  },
})
